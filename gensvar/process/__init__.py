"""THE BUSINESS, step by step: what a company does when someone is unhappy with it in public."""
