"""Tells people who do not look at the desk: what is told, to whom, by which way, and when."""
