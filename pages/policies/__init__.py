"""Policies and calendars, for managers: what is promised, on which clock, and what a change would have meant."""
