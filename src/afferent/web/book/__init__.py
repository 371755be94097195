"""The appointment book: visits, series, and today."""
