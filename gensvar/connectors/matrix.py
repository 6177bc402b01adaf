"""The page of all connectors, made from what their CONNECTOR says: `python -m gensvar.connectors.matrix`."""

import sys
from collections.abc import Iterable

from gensvar.connectors import registry
from gensvar.connectors.contract import Connector, HandOff, Hears, Reply, fields

HEAD = """# Connectors

What each network can do here. This page is made from the connectors themselves
(`python -m gensvar.connectors.matrix > docs/connectors.md`); a test compares the two.

| network | hears | fills gaps | thread | answers | said once by | longest | private |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


def page(connectors: Iterable[Connector]) -> str:
    """The page in Markdown: one table of all, then the settings of each."""
    connectors = list(connectors)
    return HEAD + "".join(map(_row, connectors)) + "".join(map(_section, connectors))


def _row(connector: Connector) -> str:
    thread = "yes" if connector.thread else "–"
    cells = [connector.name, _hears(connector), _fills(connector), thread, *_reply(connector)]
    return f"| {' | '.join([*cells, 'yes' if connector.private else '–'])} |\n"


def _hears(connector: Connector) -> str:
    words = {Hears.EVERYTHING: "what the watches choose", Hears.CHOSEN: "what is addressed to us"}
    return ", ".join(f"{find.key} ({words[find.hears]})" for find in connector.find) or "what people paste"


def _fills(connector: Connector) -> str:
    able = [f"{find.key} ({find.backfill.reach.days} days back)" for find in connector.find if find.backfill]
    return ", ".join(able) or "–"


def _reply(connector: Connector) -> list[str]:
    match connector.reply:
        case Reply() as reply:
            return ["by the desk", reply.once.value, str(reply.limit)]
        case HandOff() as hand_off:
            return ["by hand", "a person", str(hand_off.limit)]
        case _:
            return ["–", "–", "–"]


def _section(connector: Connector) -> str:
    lines = [f"\n## {connector.name}\n\n{connector.about}\n"]
    for field in fields(connector.settings):
        notes = [note for note in (field.help, "kept locked" if field.secret else "") if note]
        default = "" if field.required or not field.default else f" (default `{field.default}`)"
        lines.append(f"\n- **{field.label}**{default}{': ' + '; '.join(notes) if notes else ''}")
    return "".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page(registry.load().values()))
