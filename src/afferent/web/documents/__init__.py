"""Pictures kept with a client."""
