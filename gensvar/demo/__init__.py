"""A pretend internet: the first five minutes with the desk, the screenshots, the stories that are tested."""
