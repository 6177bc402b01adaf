"""How the tables of this step came to be."""
