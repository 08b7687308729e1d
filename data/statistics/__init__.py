"""Statistics in numpy, one module each. They know no ticket, no table and no clock; scipy and statsmodels only test them."""
