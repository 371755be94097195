"""What the tests need and the product does not. Never imported by a page."""
