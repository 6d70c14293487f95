"""The pictures: every page in every state and look, from the real window on a practice platform."""
