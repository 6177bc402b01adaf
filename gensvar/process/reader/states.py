"""Where a reader stands, and how a reading can end."""

from enum import StrEnum


class Way(StrEnum):
    """Which reader a workspace has."""

    OFF = "off"
    ADDRESS = "address"
    FOLDER = "folder"


class State(StrEnum):
    """How far a reading got. Whatever it is, the verdict of the shipped model stands already."""

    DUE = "due"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
