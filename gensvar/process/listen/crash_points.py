"""The moments at which taking in a batch can be torn apart, and what must happen after each."""

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

ALL = (BEFORE_COMMIT, AFTER_COMMIT)
