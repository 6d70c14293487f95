"""Tests of the set-up commands and of what is shipped."""
