"""Queue and ticket, for agents."""
