"""The pages of a client's outcome, and the one behind the client's link."""
