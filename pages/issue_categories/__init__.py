"""Issue categories, for analysts: what buyers write about, and how each kind of ticket travels."""
