"""The state diagram: where a ticket was, where it is, and where it can go. A component of its own, inline SVG."""
