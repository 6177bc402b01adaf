"""Groups of posts that speak of the same: spherical k-means over hashed words, named by their telling words.

Dhillon & Modha 2001, Concept Decompositions for Large Sparse Text Data Using Clustering.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

WIDTH = 4_096
MOST = 1_000
"""Posts that are grouped: the newest."""
LARGEST_SHARE = 0.5
"""Words in more of the posts than this tell nothing."""
SMALLEST = 4
"""Posts of a group that is worth a name."""
CLOSE = 0.25
"""How alike the posts of a group are to its middle, at least (cosine, on average)."""
ROUNDS = 20
NAMING = 3
SHORTEST_WORD = 3

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Group:
    """Posts that speak of the same. `words` name it, `posts` are their numbers, the most typical first."""

    words: tuple[str, ...]
    posts: tuple[int, ...]
    closeness: float


def of(posts: Sequence[Sequence[str]], most: int = 6) -> list[Group]:
    """At most `most` groups, the largest first; the same posts always give the same groups.

    posts: the words of each that can tell what it is about (`small.is_telling`).
    """
    posts = posts[-MOST:]
    often = Counter(form for post in posts for form in _words(post))
    known = {form for form, times in often.items() if 2 <= times <= max(2, LARGEST_SHARE * len(posts))}
    weights = {form: log(len(posts) / often[form]) for form in known}
    places = np.stack([_place(_words(post) & known, weights) for post in posts]) if posts else None
    if places is None or len(posts) < SMALLEST:
        return []
    middles, nearest = _middles(places, max(2, min(most, len(posts) // SMALLEST)))
    found = [_group(posts, places, nearest == at, middle, weights) for at, middle in enumerate(middles)]
    kept = [group for group in found if group is not None]
    return sorted(kept, key=lambda group: (-len(group.posts), group.words))


def _words(post: Sequence[str]) -> set[str]:
    return {form for form in post if len(form) >= SHORTEST_WORD and form[0].isalpha()}


def _place(forms: set[str], weights: dict[str, float]) -> Floats:
    place = np.zeros(WIDTH, dtype=np.float32)
    for form in sorted(forms):
        place[crc32(form.encode()) % WIDTH] += weights[form]
    return _unit(place)


def _unit(place: Floats) -> Floats:
    length = float(np.linalg.norm(place))
    return place / np.float32(length) if length else place


def _middles(places: Floats, number: int) -> tuple[list[Floats], NDArray[np.intp]]:
    """The middles of the groups, and for each post which is nearest."""
    middles = _first(places, number)
    nearest = np.argmax(places @ np.stack(middles).T, axis=1)
    for _ in range(ROUNDS):
        middles = [
            _unit(places[nearest == at].sum(axis=0)) if (nearest == at).any() else middle
            for at, middle in enumerate(middles)
        ]
        moved = np.argmax(places @ np.stack(middles).T, axis=1)
        if (moved == nearest).all():
            break
        nearest = moved
    return middles, nearest


def _first(places: Floats, number: int) -> list[Floats]:
    """Where to begin: the most typical post, then always the one that is least like those taken."""
    typical = int(np.argmax(places @ places.sum(axis=0)))
    taken = [places[typical]]
    like = places @ taken[0]
    while len(taken) < number:
        crowd = places @ places.sum(axis=0)
        far = int(np.argmax(crowd * (1 - like)))
        taken.append(places[far])
        like = np.maximum(like, places @ taken[-1])
    return taken


def _group(
    posts: Sequence[Sequence[str]],
    places: Floats,
    inside: NDArray[np.bool_],
    middle: Floats,
    weights: dict[str, float],
) -> Group | None:
    """The group as people see it; None when it is too small or says too many things."""
    numbers = np.flatnonzero(inside)
    near = places[numbers] @ middle
    numbers, near = numbers[near > CLOSE / 2], near[near > CLOSE / 2]
    if len(numbers) < SMALLEST or float(near.mean()) < CLOSE:
        return None
    order = numbers[np.argsort(-near, kind="stable")].tolist()
    met = Counter(form for at in order for form in posts[at] if form in weights)
    told = sorted(met, key=lambda form: (-met[form] * weights[form], form))
    return Group(tuple(told[:NAMING]), tuple(order), float(near.mean()))
