"""Whole journeys: the real window, real HTTP, and nothing but what a person can do and see."""
