"""Who saw and who changed what: an append-only chain, and its viewer."""
