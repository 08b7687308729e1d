"""Service levels: what the desk promises, how each promise is judged, and the ledger that explains it."""
