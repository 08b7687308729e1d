"""Statistics in numpy, one module each: they know no ticket, no table and no clock."""
