"""The fonts of printed pages, shipped with the desk so that a page looks the same on every machine."""
