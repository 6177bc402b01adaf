"""What needs real servers. A package, so that they end with it and not with the whole run."""
