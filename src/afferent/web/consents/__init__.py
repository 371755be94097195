"""What a client agreed to, purpose by purpose, and took back."""
