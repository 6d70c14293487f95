"""This computer: the ledger, the keychain, the folders, the log. No Qt, no network."""
