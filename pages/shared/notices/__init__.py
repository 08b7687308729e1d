"""Notices on every page: the bell, how a notice is worded, and the post that carries them outside."""
