"""Step 8: what did it teach us; reads everything, changes nothing before it."""
