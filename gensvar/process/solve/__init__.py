"""Step 6: settle it in private."""
