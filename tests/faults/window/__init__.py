"""Bad answers as a person meets them, at the real window."""
