"""The weekly report on the screen, and its three files."""
