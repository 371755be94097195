"""The pages of the lock, of the second factor, of links, and of the demo's log-ins."""
