"""The pages about clients."""
