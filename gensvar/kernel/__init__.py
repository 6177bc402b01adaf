"""Clock, ids, text and the database guard: the floor of the house, which imports nothing of ours."""
