"""Documents of every format, read into one canonical text and cut into passages."""
