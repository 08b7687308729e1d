"""The commands of `python -m data`: each asks one part of the desk and answers with text. `data.__main__` prints."""
