"""Step 3: capture, seal and keep the evidence."""
