"""Windows, pages and widgets: the only part that knows Qt Widgets."""
