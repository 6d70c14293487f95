"""The real program in a real window, seen and driven from outside."""
