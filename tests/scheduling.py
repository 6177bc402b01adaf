"""Which tests run after one another in the same worker: whatever starts or shares servers and processes.

pytest-xdist's own groups are ignored by the pinned pytest (pytest-dev/pytest-xdist issue 1386).
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "servers": "servers and processes",
    "start": "servers and processes",
    "stories": "servers and processes",
    "browser": "browser",
}


class ByPlace(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """One file stays in one worker; files that start or share processes are in one worker, one after another."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        parts = path.split("/")
        return TOGETHER.get(parts[1] if len(parts) > 2 else "", path)
