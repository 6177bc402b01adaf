"""The moments at which keeping a picture can be torn apart, and what must happen after each."""

from gensvar.engine.crash import CrashPoint

BEFORE_PICTURE = CrashPoint(
    "capture.before_picture",
    "The lease is taken and there is no picture: after the lease ends it is taken, and the record was safe "
    "all along.",
)
FILE_WRITTEN = CrashPoint(
    "capture.file_written",
    "The file is there and the row does not say so: after the lease ends another picture takes its place, "
    "and row and file agree.",
)

ALL = (BEFORE_PICTURE, FILE_WRITTEN)
