"""Ratings from a file: read and judged row by row against the desk in one statement, written in one transaction."""
