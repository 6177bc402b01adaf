"""`makemessages`, which also finds the sentences of connectors: they know no Django and mark nothing."""

from django.core.management.commands import makemessages

RAISED = ("ConnectorError", "TryLater", "Refused", "NotAllowed", "Gone", "Unsure", "HandOff", "BadAnswer",
          "Sentence")  # fmt: skip
"""What takes a sentence for people as its first argument (`connectors/contract`, `kernel/sentence.py`)."""


class Command(makemessages.Command):
    """Django's command with more words to look for."""

    xgettext_options = [*makemessages.Command.xgettext_options, *(f"--keyword={name}" for name in RAISED)]
