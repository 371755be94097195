"""The pages of a client's letters and requests, and the one behind a physician's link."""
