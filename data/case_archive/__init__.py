"""The whole case of a ticket as one archive for the platform."""
