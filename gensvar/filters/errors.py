"""What a person can mend before a filter runs.

Unreadable    a file or its content: what, where, how to mend it, in one line
"""


class Unreadable(Exception):
    """The input cannot be used; the message is one line for people."""
