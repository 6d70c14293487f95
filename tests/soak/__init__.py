"""The soak: the program is killed very often, under a server that fails, and everything is counted."""
