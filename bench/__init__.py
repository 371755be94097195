"""One script per claim in the README's table. `make bench` prints the table; nothing here is a timed test."""
