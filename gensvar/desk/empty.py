"""Empty states: what will appear here, and how to make it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Empty:
    """A shape, a title, a sentence, and a way on."""

    icon: str
    title: str | Promise
    words: str | Promise
    action: str | Promise = ""
    url: str = ""
    ways: Sequence[tuple[str, str]] = ()
    """More ways on, as words and addresses, before `action`."""


RESTING = Empty(
    "message-square",
    _("Open a case"),
    _("Press j and Enter, or choose one in the list. Thread, evidence and draft are shown here together."),
)

NOTHING: dict[str, Empty] = {
    "now": Empty(
        "inbox",
        _("Nothing waits"),
        _("Posts that your watches meet appear here by themselves, the one with the least time left on top."),
    ),
    "judge": Empty(
        "scale",
        _("Nothing waits to be judged"),
        _("What the machine cannot tell, and all abuse, waits here until a person says what it is."),
    ),
    "mine": Empty(
        "user",
        _("No case is yours"),
        _("Choose yourself as the owner of a case, and it stays here until it is closed."),
    ),
    "second-eyes": Empty(
        "eye",
        _("Nobody asks for second eyes"),
        _("A draft whose writer asks a colleague to read it first waits here."),
    ),
    "promised": Empty(
        "hourglass",
        _("Nothing is promised"),
        _("After a holding reply the case waits here until the time you promised."),
    ),
    "private": Empty(
        "lock",
        _("No talk is in private"),
        _("After an invitation to private the case waits here until it is settled."),
    ),
    "return": Empty(
        "reply",
        _("No thread to return to"),
        _("A settled case waits here until you have asked in its thread whether they are happy."),
    ),
    "watching": Empty(
        "binoculars",
        _("No thread is being watched"),
        _("An answered case stays here. When its author writes again, it goes back to Now by itself."),
    ),
    "thank": Empty(
        "heart",
        _("No praise to thank for"),
        _("What you judge as praise (key 3) waits here for a word of thanks."),
    ),
    "unsure": Empty(
        "circle-question-mark",
        _("No reply is in doubt"),
        _("When a network does not say whether a reply was posted, it waits here until a person has looked."),
    ),
    "heard": Empty(
        "ear",
        _("Nothing was heard yet"),
        _("Everything that your watches meet is listed here, newest first."),
    ),
}


def nothing(view: str, slug: str, wanted: str) -> Empty:
    """Why the list of `view` is empty."""
    if wanted:
        return Empty(
            "search",
            _("Nothing found"),
            _("Try a shorter word, or part of a name."),
            _("Show all"),
            reverse("inbox", args=[slug, view]),
        )
    found = NOTHING[view]
    if view not in ("now", "heard"):
        return found
    return Empty(
        found.icon, found.title, found.words, _("Look at the watches"), reverse("watches", args=[slug])
    )


def too_narrow(ways: Sequence[tuple[str, str]], url: str) -> Empty:
    """Nothing meets a filter; `ways` say what there is without one of its parts."""
    words = (
        _("Take a part of it away, and this is there:")
        if ways
        else _("Taking one part away is not enough. Show all, and choose anew.")
    )
    return Empty("list-filter", _("Nothing meets this filter"), words, _("Show all"), url, ways)


def unreadable(mend: str, url: str) -> Empty:
    """The address holds a filter that nobody can read."""
    return Empty("list-filter", _("This filter cannot be read"), mend, _("Show all"), url)
