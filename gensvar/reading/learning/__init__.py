"""What a desk teaches: heads of its own on top of the shipped answers, and groups of what fits none."""
