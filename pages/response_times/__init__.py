"""Response times, for managers: how long buyers wait, by category and over time, and what waits now."""
