"""What one fills in about a better reader."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gensvar.desk.heads import HEADS
from gensvar.people.language import said
from gensvar.process.reader import folder, rules
from gensvar.process.reader.models import Reader
from gensvar.process.reader.states import Way
from gensvar.reading.reader.classifier import Unreadable
from gensvar.reading.reader.labels import BadLabels, Meaning
from gensvar.reading.reader.labels import heads as answered_by
from gensvar.reading.reader.labels import read as read_labels

FEW = gettext_lazy("Write a whole number from 1 to 60.")
MANY = gettext_lazy("Write a whole number from 1 to 1000000.")


class ReaderForm(forms.Form):
    """Which reader, what it is asked, and how much of it."""

    way = forms.ChoiceField(
        label=gettext_lazy("Reader"), choices=Reader.Way.choices, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Of any server that speaks the OpenAI protocol, your own or a vendor’s, as in "
            "https://models.example.org/v1. It must begin with https:// unless it lies in a private network that "
            "GENSVAR_EGRESS_ALLOW opens."
        ),
    )
    model = forms.CharField(
        label=gettext_lazy("Model"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Its name on that server. It has to know JSON schemas (structured outputs)."),
    )
    key = forms.CharField(
        label=gettext_lazy("Key"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    temperature = forms.FloatField(
        label=gettext_lazy("Temperature"),
        required=False,
        min_value=0,
        max_value=2,
        help_text=gettext_lazy(
            "0 gives the same answer to the same post. Leave it empty where a model refuses it."
        ),
    )
    folder = forms.ChoiceField(
        label=gettext_lazy("Folder"),
        required=False,
        help_text=gettext_lazy(
            "Of those that the operator put into readers/ in the data folder, each with model.onnx, tokenizer.json "
            "and config.json. Nothing leaves the house."
        ),
    )
    labels = forms.CharField(
        label=gettext_lazy("What its labels mean"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "A line for each label, as in: LABEL_0 = sentiment: negative, kind: complaint. A label without a line "
            "means nothing here."
        ),
    )
    heads = forms.MultipleChoiceField(
        label=gettext_lazy("It is asked for"),
        required=False,
        choices=tuple(HEADS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    only_unsure = forms.TypedChoiceField(
        label=gettext_lazy("About which posts"),
        choices=(
            ("yes", gettext_lazy("Those on which the shipped model cannot tell")),
            ("no", gettext_lazy("All posts")),
        ),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    seconds = forms.IntegerField(
        label=gettext_lazy("Seconds to wait for an answer"),
        min_value=rules.SECONDS[0],
        max_value=rules.SECONDS[-1],
        error_messages={"min_value": FEW, "max_value": FEW, "invalid": FEW},
        help_text=gettext_lazy("Nothing waits for it: the shipped model has judged the post already."),
    )
    monthly = forms.IntegerField(
        label=gettext_lazy("Questions a month, at most"),
        min_value=rules.MONTHLY[0],
        max_value=rules.MONTHLY[-1],
        error_messages={"min_value": MANY, "max_value": MANY, "invalid": MANY},
        help_text=gettext_lazy("When they are used up, the shipped model judges alone until the next month."),
    )

    def __init__(self, kept: Reader, data: Any = None) -> None:
        names = [name for name in self.base_fields if name != "key"]
        initial = {name: getattr(kept, name) for name in names}
        super().__init__(data, initial={**initial, "only_unsure": "yes" if kept.only_unsure else "no"})
        found = folder.names()
        offered = sorted({*found, kept.folder} - {""})
        self.fields["folder"].choices = [("", _("Choose")), *((each, each) for each in offered)]  # type: ignore[attr-defined]
        self.fields["key"].help_text = (
            _(
                "A key is kept, encrypted, and never shown. Leave this empty to keep it; a new address forgets it."
            )
            if kept.locked
            else _("Kept encrypted and never shown. Leave it empty where the server asks for none.")
        )

    def clean(self) -> dict[str, Any]:
        """What is chosen must be whole; what is not chosen is left alone."""
        given = super().clean() or self.cleaned_data
        way = given.get("way")
        if way == Way.ADDRESS:
            self._clean_address(given)
        if way == Way.FOLDER:
            self._clean_folder(given)
        if way != Way.OFF and not given.get("heads"):
            self.add_error("heads", _("Choose at least one question."))
        return given

    def _clean_address(self, given: dict[str, Any]) -> None:
        try:
            rules.endpoint(given.get("address", ""))
        except rules.BadAddress:
            self.add_error("address", said_plainly(rules.NO_ADDRESS))
        if not given.get("model"):
            self.add_error("model", _("Write the name of the model, as the server knows it."))

    def _clean_folder(self, given: dict[str, Any]) -> None:
        if not given.get("folder"):
            self.add_error("folder", _("Choose a folder."))
            return
        try:
            known = folder.find(given["folder"]).labels
            meaning = read_labels(given.get("labels", ""), known)
        except Unreadable as error:
            self.add_error("folder", said(error.why))
        except BadLabels as error:
            self.add_error("labels", said(error.why))
        else:
            self._clean_meaning(meaning, given)

    def _clean_meaning(self, meaning: Meaning, given: dict[str, Any]) -> None:
        missing = [str(HEADS[head]) for head in given.get("heads", ()) if head not in answered_by(meaning)]
        if missing:
            words = _("No label answers this: %(questions)s. Write what answers it, or do not ask it.")
            self.add_error("labels", words % {"questions": ", ".join(missing)})


def said_plainly(template: str) -> str:
    """A sentence without values, in the reader's language."""
    return _(template)
