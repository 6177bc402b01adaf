"""The moments at which taking in can be torn apart, and what must happen after a death at each."""

from gensvar.engine.crash import CrashPoint

BEFORE_COMMIT = CrashPoint(
    "listen.before_commit",
    "Everything of the batch is written and the transaction is lost: the cursor stands before the batch, "
    "which is heard again, whole.",
)
AFTER_COMMIT = CrashPoint(
    "listen.after_commit",
    "Batch and cursor are kept and the next batch was not read: listening goes on after this one.",
)
GAP_BEFORE_COMMIT = CrashPoint(
    "gap.before_commit",
    "A page of what was missed is written and the transaction is lost: the gap stands before that page, which "
    "is fetched again after the lease ends, and is kept once.",
)
GAP_AFTER_COMMIT = CrashPoint(
    "gap.after_commit",
    "The page is kept and the bell for the next one was not rung: the sweep rings, and filling goes on after it.",
)

ALL = (BEFORE_COMMIT, AFTER_COMMIT)
"""While listening."""
FILLING = (GAP_BEFORE_COMMIT, GAP_AFTER_COMMIT)
"""While a gap is filled."""
