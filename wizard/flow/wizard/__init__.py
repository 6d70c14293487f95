"""The wizard that creates one integration: its steps, and a presenter for each of its pages."""
