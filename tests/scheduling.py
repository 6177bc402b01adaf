"""Which tests run after one another in the same worker: whatever starts or shares servers and processes.

pytest-xdist's own groups are ignored by the pinned pytest (pytest-dev/pytest-xdist issue 1386).
"""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("browser", "servers", "start", "stories")
"""Folders whose tests want the machine for themselves: never two desks or a desk and a network at once."""
SERVERS = "servers and processes"


class ByPlace(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """One file stays in one worker; files that start or share processes are in one, one after another."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        parts = path.split("/")
        return SERVERS if len(parts) > 2 and parts[1] in TOGETHER else path

    def _assign_work_unit(self, node: Any) -> None:
        """The longest begins first, so that the other worker is not done long before it."""
        if SERVERS in self.workqueue:
            self.workqueue.move_to_end(SERVERS, last=False)
        super()._assign_work_unit(node)
