"""Replies: the templates and macros that agents write with."""
