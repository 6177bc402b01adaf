"""The key of this desk, and secrets locked with it (app passwords of channels).

Locked with Fernet (AES-128-CBC + HMAC-SHA256, as specified by the `cryptography` project) under a key
derived by SHA-256 from the desk's secret key.
"""

import base64
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken


class LostKey(Exception):
    """A secret cannot be opened: the key it was locked with is not the key of this desk."""


def desk_key(folder: Path, given: str) -> str:
    """`given`, or the key in `folder`/secret.key, which is made at first use (mode 0600)."""
    if given:
        return given
    place = folder / "secret.key"
    try:
        return place.read_text().strip()
    except FileNotFoundError:
        return _make(place)


def _make(place: Path) -> str:
    key = secrets.token_urlsafe(48)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was quicker
        return place.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key


def lock(plain: str, key: str) -> str:
    """`plain` as text that only `key` opens."""
    return _fernet(key).encrypt(plain.encode()).decode()


def unlock(locked: str, key: str) -> str:
    """What `lock` was given; LostKey when `key` does not fit."""
    try:
        return _fernet(key).decrypt(locked.encode()).decode()
    except InvalidToken as error:
        raise LostKey("The stored password cannot be opened with this desk's key.") from error


def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"gensvar:" + key.encode()).digest()))
