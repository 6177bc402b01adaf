"""The screens: the only code that knows HTTP and HTML."""
