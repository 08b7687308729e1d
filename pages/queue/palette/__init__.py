"""The palette: every action of a ticket in one list that is filtered by typing, each forbidden one with its reason."""
