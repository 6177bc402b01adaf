"""Step 1: find what is said about the brand."""
