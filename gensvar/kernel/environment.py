"""Every setting that an operator can give, as environment variables with their meaning and default."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its name, what it does, and what holds when it is absent."""

    name: str
    meaning: str
    default: str
    secret: bool = False

    def read(self) -> str:
        """Its value now."""
        return os.environ.get(self.name, self.default)


PORT = Variable("GENSVAR_PORT", "Port that the desk listens on.", "8000")
HOST = Variable("GENSVAR_HOST", "Address that the desk listens on.", "127.0.0.1")
DATA = Variable("GENSVAR_DATA", "Folder for the database file, pictures and keys.", "data")
DATABASE_URL = Variable(
    "DATABASE_URL",
    "postgres://user:password@host:port/name, or sqlite:///path; a file in the data folder when absent.",
    "",
    secret=True,
)
SECRET_KEY = Variable(
    "GENSVAR_SECRET_KEY",
    "Key for sessions and stored passwords of channels; made and kept in the data folder when absent.",
    "",
    secret=True,
)
ALLOWED_HOSTS = Variable(
    "GENSVAR_ALLOWED_HOSTS",
    "Names under which the desk is reached, with commas.",
    "127.0.0.1,localhost,[::1]",
)
BASE_URL = Variable(
    "GENSVAR_BASE_URL", "Address that links in mails begin with; from the port when absent.", ""
)
EGRESS_ALLOW = Variable(
    "GENSVAR_EGRESS_ALLOW",
    "Private networks that may be called all the same (CIDRs with commas), for servers of one's own.",
    "",
)
CONNECTORS = Variable(
    "GENSVAR_CONNECTORS",
    "More connectors than the built-in ones: dotted paths of modules with a CONNECTOR, with commas.",
    "gensvar.demo.connector",
)
MAIL_URL = Variable(
    "GENSVAR_MAIL_URL",
    "smtp://user:password@host:port for invitations and alerts; mails are kept as files when absent.",
    "",
    secret=True,
)
MAIL_FROM = Variable("GENSVAR_MAIL_FROM", "Sender of mails.", "Gensvar <gensvar@localhost>")
SMS_URL = Variable(
    "GENSVAR_SMS_URL",
    "Gateway for text messages of alerts, as an apprise address with {to} where the number stands; "
    "without it nobody can choose SMS.",
    "",
    secret=True,
)
CHROMIUM = Variable(
    "GENSVAR_CHROMIUM", "Path of the Chromium that takes pictures; looked up when absent.", ""
)
UNDO_SECONDS = Variable(
    "GENSVAR_UNDO_SECONDS",
    "How long an approved reply waits before it leaves, so that it can be undone.",
    "5",
)
DEMO_PACE = Variable(
    "GENSVAR_DEMO_PACE", "Seconds between two posts on a pretend internet that is made with --demo.", "8"
)
JUDGE = Variable(
    "GENSVAR_JUDGE",
    "The model that says what posts are: shipped, the path of another file, or off (people judge alone).",
    "shipped",
)
CRASH_AT = Variable(
    "GENSVAR_CRASH_AT", "Name of a crash point at which to die; for tests of recovery only.", ""
)

ALL = (
    PORT,
    HOST,
    DATA,
    DATABASE_URL,
    SECRET_KEY,
    ALLOWED_HOSTS,
    BASE_URL,
    EGRESS_ALLOW,
    CONNECTORS,
    MAIL_URL,
    MAIL_FROM,
    SMS_URL,
    CHROMIUM,
    UNDO_SECONDS,
    DEMO_PACE,
    JUDGE,
    CRASH_AT,
)


def data_folder() -> Path:
    """The data folder as an absolute path, made when it is not there, readable by its owner only."""
    folder = Path(DATA.read()).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
