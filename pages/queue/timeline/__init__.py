"""The stream of one ticket: what was said and what happened, in one order. A component, so that text stays text."""
