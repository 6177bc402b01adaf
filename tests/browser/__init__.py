"""The whole desk in a real browser. A package, so that its desk ends with it and not with the whole run."""
