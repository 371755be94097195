"""The body: regions as a tree, what lies beside what, and the drawings. Knows nothing of clinics or rules."""
