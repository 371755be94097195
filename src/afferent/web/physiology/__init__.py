"""The pages that explain and count: heat and its clock, why touch can quiet pain, the stroke, claims not made."""
