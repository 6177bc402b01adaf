"""Says before the tests what this machine lacks for all of them to run, and the command that brings it."""

import os
import shutil
import sys
from pathlib import Path

from gensvar.reading.reader import classifier

SHARED = Path(__file__).resolve().parents[2] / "shared"


def lacking() -> list[str]:
    """One line for each thing that is missing."""
    lines = []
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        lines.append("no Chromium: browser tests and pictures are left out. apt-get install chromium")
    if not shutil.which("npm"):
        lines.append(
            "no node: tests against the real Bluesky network are left out. apt-get install nodejs npm"
        )
    if not Path("/usr/lib/postgresql").exists() or not shutil.which("redis-server"):
        lines.append(
            "no PostgreSQL or Redis for the Bluesky network. apt-get install postgresql redis-server"
        )
    if not (shutil.which("smtpd") and shutil.which("dovecot")):
        lines.append("no mail server: apt-get install opensmtpd dovecot-imapd dovecot-lmtpd")
    if not shutil.which("bearerbox"):
        lines.append("no SMS gateway: apt-get install kannel kannel-extras")
    if not classifier.is_installed():
        lines.append(
            "no onnxruntime: the tests of a classifier in a folder are left out. "
            ".venv/bin/pip install --no-deps --require-hashes -r requirements/onnx.txt"
        )
    if os.geteuid() != 0:
        lines.append("not root: the tests of a full disk are left out. sudo make test")
    if not SHARED.is_dir():
        lines.append(f"no {SHARED.name}/ beside the project: tests with its servers and data are left out.")
    return lines


if __name__ == "__main__":
    for line in lacking():
        print(f"lacking: {line}", file=sys.stderr)  # noqa: T201
