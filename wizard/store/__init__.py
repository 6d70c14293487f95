"""This computer: the ledger, the keychain, the folders. No Qt, no network."""
