"""What was left unread, since there was no judge or it broke, is read when one is there again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from gensvar.people.actor import machine as by_machine
from gensvar.process.assess import covers, machine, verdicts
from gensvar.process.listen.models import Mention

AT_ONCE = 20
"""Posts that one sweep reads, so that it keeps nothing else waiting."""
SETTLED = timedelta(minutes=1)
"""Younger posts are left to whoever heard them."""
PAUSE = timedelta(minutes=1)
"""Between two rounds through what is unread, and until a judge that is not there is looked for again."""

type Unread = Sequence[tuple[int, int]]
"""Posts, each behind its workspace."""


@dataclass
class Round:
    """Goes through what is unread, a little with each sweep; what cannot be read has its turn in the next round."""

    after: int = 0
    next_at: datetime | None = None

    def __call__(self, at: datetime) -> None:
        """Read the next posts; the listener goes on whatever happens here."""
        if self.next_at is not None and at < self.next_at:
            return
        found = unread(self.after, at)
        if found and read(found, at):
            self.after = found[-1][1]
        else:
            self.after, self.next_at = 0, at + PAUSE


def unread(after: int, at: datetime) -> Unread:
    """Some posts of which no machine has said anything, in order; what is closed needs none."""
    rows = Mention.objects.filter(
        pk__gt=after, part__in=covers.READ, sentiment="", heard_at__lte=at - SETTLED
    )
    rows = rows.filter(case__closed_at=None)
    return list(rows.order_by("pk").values_list("workspace", "pk")[:AT_ONCE])


def read(found: Unread, at: datetime) -> bool:
    """Whether a judge is there and read some of them; a post that breaks it is read alone, and stays unread."""
    if machine.judge() is None:
        machine.look_again()
        return False
    done = False
    for workspace, group in groupby(sorted(found), key=lambda each: each[0]):
        posts, by = [pk for _workspace, pk in group], by_machine(workspace)
        if verdicts.read(posts, by=by, at=at):
            done = True
        else:
            done |= sum(len(verdicts.read([pk], by=by, at=at)) for pk in posts) > 0
    return done


ROUND = Round()
