"""Tags that the templates of the desk share."""
