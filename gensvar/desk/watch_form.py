"""The form of a watch: boxes for people who do not write queries, or the query itself."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gensvar.people.language import said
from gensvar.process.listen.models import Watch
from gensvar.reading.form import BOXES, Form, entries, read, write, wrong
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.query import BadQuery, parse

LANGUAGE_NAMES = {
    "fi": gettext_lazy("Finnish"),
    "sv": gettext_lazy("Swedish"),
    "no": gettext_lazy("Norwegian"),
    "da": gettext_lazy("Danish"),
    "nl": gettext_lazy("Dutch"),
    "de": gettext_lazy("German"),
    "en": gettext_lazy("English"),
}
LONGEST = 5000
"""Characters of a query."""
FIELD_OF = {box: "names" if box == "name" else box for box in BOXES}
"""The field of each box of `reading.form`; `name` is the watch's own name here."""
KEPT_BOXES = ("products", "people")
"""Boxes that a query alone does not tell apart from names."""


def _box(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 1, "autocapitalize": "off", "spellcheck": "false"}),
    )


class WatchForm(forms.Form):
    """The questions of a watch. `writing`: by boxes, or the query by hand."""

    writing = forms.ChoiceField(
        choices=[("boxes", ""), ("hand", "")], widget=forms.HiddenInput, required=False
    )
    names = _box(
        gettext_lazy("Names"),
        gettext_lazy("As people write them, with commas between. Inflected forms are found too."),
    )
    products = _box(gettext_lazy("Products and services"), gettext_lazy("By the names that customers use."))
    people = _box(gettext_lazy("People"), gettext_lazy("Managers and others who are known by name."))
    handles = _box(gettext_lazy("Handles"), gettext_lazy("Your own accounts: @tekir_fi, @tekir.example"))
    hashtags = _box(gettext_lazy("Hashtags"), gettext_lazy("With or without the #."))
    addresses = _box(gettext_lazy("Own addresses"), gettext_lazy("Posts that link there: tekir.fi"))
    without = _box(
        gettext_lazy("Words that exclude"),
        gettext_lazy("Posts with one of these are not heard. Write =Word to exclude that form only."),
    )
    query = forms.CharField(
        label=gettext_lazy("Query"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={"rows": 4, "class": "code", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Watch.Kind.choices, initial=Watch.Kind.BRAND)
    name = forms.CharField(
        label=gettext_lazy("Name of the watch"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For your own lists. Left empty, it is the first name above."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages whose inflections count"),
        choices=[(each, LANGUAGE_NAMES[each]) for each in LANGUAGES],
        initial=list(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )

    @property
    def by_hand(self) -> bool:
        """Whether the query itself is edited."""
        if self.is_bound:
            return bool(self.data.get("writing") == "hand" or "names" not in self.data)
        return bool(self.initial.get("writing") == "hand")

    def typed(self) -> Form:
        """What stands in the boxes."""
        return Form(**{box: entries(self._value(field)) for box, field in FIELD_OF.items()})

    def written(self) -> str:
        """The query as it stands now, whether it can be read or not."""
        return self._value("query") if self.by_hand else write(self.typed())

    def chosen_languages(self) -> list[str]:
        """Those of the checked languages that are known; all of them when none is."""
        value = self["languages"].value() or []
        return [each for each in LANGUAGES if each in value] or list(LANGUAGES)

    def _value(self, field: str) -> str:
        return str(self[field].value() or "").replace("\r\n", "\n")[: 4 * LONGEST]

    def clean(self) -> dict[str, Any]:
        """The query, read; whatever is wrong stands at the field in which it was typed."""
        values = super().clean() or self.cleaned_data
        query = self.written()
        if not self.by_hand and self._has_wrong_boxes():
            return values
        if not query.strip():
            where = "query" if self.by_hand else "names"
            self.add_error(where, _("Write at least one name, hashtag, handle or address to listen for."))
            return values
        self._read(query, "query" if self.by_hand else "names")
        values["query"] = query
        values["name"] = (values.get("name") or "").strip() or self._first()
        return values

    def _read(self, query: str, field: str) -> None:
        if len(query) > LONGEST:
            if not self.has_error(field):
                self.add_error(field, too_long())
            return
        try:
            parse(query)
        except BadQuery as error:
            self.add_error(field, at_column(error))

    def _has_wrong_boxes(self) -> bool:
        found = wrong(self.typed())
        for each in found:
            self.add_error(
                FIELD_OF[each.box], _("“%(entry)s”: %(why)s") % {"entry": each.entry, "why": said(each.why)}
            )
        return bool(found)

    def _first(self) -> str:
        found = [entry for box in BOXES for entry in getattr(self.typed(), box)]
        return " ".join((found or [self.written()])[0].split())[:120]

    def watch_values(self) -> dict[str, Any]:
        """What the actions of a watch take; the form must be valid."""
        values = {field: self.cleaned_data[field] for field in ("name", "query", "kind", "languages")}
        return values | ({} if self.by_hand else {"boxes": kept_boxes(self.typed())})


def too_long() -> str:
    """Why a query is refused before it is read."""
    return _("The query has more than %(most)s characters. Make two watches of it.") % {"most": LONGEST}


def at_column(error: BadQuery) -> str:
    """What is wrong, and where."""
    return _("Column %(column)s: %(why)s") % {"column": error.column, "why": said(error.why)}


def kept_boxes(form: Form) -> dict[str, list[str]]:
    """What a watch remembers of its form."""
    return {box: list(getattr(form, box)) for box in KEPT_BOXES if getattr(form, box)}


def initial_of(watch: Watch) -> dict[str, Any]:
    """A kept watch as the form shows it."""
    values = {field: getattr(watch, field) for field in ("name", "query", "kind", "languages")}
    return values | boxes_of(watch.query, watch.boxes)


def boxes_of(query: str, known: Mapping[str, Any]) -> dict[str, str]:
    """`query` in the boxes of the form; by hand when the form cannot show it."""
    try:
        form = read(query, Form(**{box: tuple(known.get(box, ())) for box in KEPT_BOXES}))
    except BadQuery:
        form = None
    return filled(form) if form else {"writing": "hand", "query": query}


def filled(form: Form) -> dict[str, str]:
    """The boxes as people type them."""
    joined = {FIELD_OF[box]: ", ".join(map(_entry, getattr(form, box))) for box in BOXES}
    return {"writing": "boxes", **joined}


def _entry(entry: str) -> str:
    return f'"{entry}"' if any(mark in entry for mark in ",;") and '"' not in entry else entry


def can_show(query: str) -> bool:
    """Whether the boxes can hold all that `query` says."""
    return boxes_of(query, {})["writing"] == "boxes"


def unbound(form: WatchForm, **values: str) -> WatchForm:
    """The same form with other values in it: nothing that was typed is lost, and nothing is judged yet."""
    typed = {field: form[field].value() for field in form.fields}
    return WatchForm(initial={**typed, "writing": "hand" if form.by_hand else "boxes", **values})
