"""What a test starts in a process of its own, to kill it: `python -m tests.crashes.child VERB [ARGUMENT …]`."""

import os
import sys


def main(verb: str, *arguments: str) -> None:
    """Do what the test says, on the database that DATABASE_URL names."""
    import django

    django.setup()
    from tests.crashes.verbs import VERBS

    VERBS[verb](*arguments)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gensvar.settings")
    main(*sys.argv[1:])
