"""Widgets that look and behave as the program does, and know nothing of what it is for.

Every widget takes the ``Theme`` first and already translated plain text; colours and sizes are read
when they are painted. Import from the module that holds the widget: nothing is loaded before it is
needed.
"""
