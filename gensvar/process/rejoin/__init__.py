"""Step 7: go back to the thread, and follow it to its end."""
