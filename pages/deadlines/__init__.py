"""Deadlines: what runs out in the next hours with which consequence, which targets are due, which were missed."""
