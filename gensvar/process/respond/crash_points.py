"""The moments at which sending a reply can be torn apart, and what must happen after each."""

from gensvar.engine.crash import CrashPoint

BEFORE_CALL = CrashPoint(
    "reply.before_call",
    "The lease is taken and nothing was sent: after the lease ends the reply is sent, once.",
)
AFTER_CALL = CrashPoint(
    "reply.after_call",
    "The network has the reply and we have not written that down: the same key is sent again "
    "(Once.BY_KEY), so it stands there once; elsewhere a person looks.",
)
BEFORE_COMMIT = CrashPoint(
    "reply.before_commit",
    "The answer is being written down and the transaction is lost: as after the call.",
)

ALL = (BEFORE_CALL, AFTER_CALL, BEFORE_COMMIT)
