"""Step 5: draft, check, second eyes, post once."""
