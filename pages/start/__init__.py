"""The first start: an empty desk leads to the demo or to an import."""
