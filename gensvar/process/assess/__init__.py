"""Step 2: is it ours, what is it, how bad, whose, by when."""
