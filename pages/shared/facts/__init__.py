"""A list of facts: each a name and its value, as text, with a button to copy those that are typed elsewhere."""
