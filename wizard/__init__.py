"""A desktop wizard that creates, verifies and keeps 360Learning integrations."""

__version__ = "0.1.0"
