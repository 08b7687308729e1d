"""What every page stands on: who is there, the open desk, texts, colours, formats, errors and navigation."""
