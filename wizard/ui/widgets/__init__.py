"""Reusable widgets without any business logic.

Every widget takes the ``Theme`` as its first argument, and plain text that is already translated. Colours and sizes are
read from the theme at each paint.
"""
