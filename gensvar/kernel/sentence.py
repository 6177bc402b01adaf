"""Sentences for people that are written below the layers which know a person's language.

Connectors and rules know no Django. They write English, and keep what a translation is made of; the layers above
translate it at the edge (`people/language.py`). `gettext_noop` is the mark by which `makemessages` finds them.
"""


def gettext_noop(template: str) -> str:
    """`template` as it is: marks a sentence for the catalogues."""
    return template


class Sentence(str):
    """A sentence in English, which still knows its template and the values that were put into it."""

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> "Sentence":
        """`template` takes its values by name: `%(handle)s`; without values it is taken as it stands."""
        self = super().__new__(cls, template % values if values else template)
        self.template, self.values = template, values
        return self
