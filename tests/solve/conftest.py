"""The cast and a case of theirs."""

from tests.process_cast import approved, case, channel, complaint, draft

__all__ = ["approved", "case", "channel", "complaint", "draft"]
