"""Team: what each agent takes, and when they are away."""
