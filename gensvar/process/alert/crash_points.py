"""The moments at which sending an alert can be torn apart, and what must happen after each."""

from gensvar.engine.crash import CrashPoint

BEFORE_CALL = CrashPoint(
    "alert.before_call",
    "The text is frozen and nothing was sent: after the lease ends the alert is sent, once.",
)
CALL_BEGUN = CrashPoint(
    "alert.call_begun",
    "The row says that the call has begun and it has not: nobody can know that later, so the alert is "
    "unsure, is not sent by itself, and the desk says so.",
)
AFTER_CALL = CrashPoint(
    "alert.after_call",
    "The server has the alert and we have not written that down: it is unsure and not sent again.",
)
BEFORE_COMMIT = CrashPoint(
    "alert.before_commit",
    "The answer is being written down and the transaction is lost: as after the call.",
)

ALL = (BEFORE_CALL, CALL_BEGUN, AFTER_CALL, BEFORE_COMMIT)
