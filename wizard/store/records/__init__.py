"""What the rows of the ledger hold: types of their own, so that a change in `core` makes no stored row unreadable.

A field that is added later has a default; unknown fields are ignored. `to_core` raises `ValueError` for a value that
this program does not know.
"""
