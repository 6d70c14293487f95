"""The home window: what is saved on this computer."""
