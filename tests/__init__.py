"""Tests of the program, room by room, and of the promises that hold for all of it."""
