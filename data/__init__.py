"""Storage and numbers."""
