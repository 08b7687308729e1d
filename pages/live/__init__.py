"""Live: the backlog, what comes and goes, who works, what is due next, and what was warned of; it renews itself."""
