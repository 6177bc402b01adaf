"""Small words name nothing: neither what a head learnt nor a group of posts."""

import pytest

from gensvar.reading.judge import words
from gensvar.reading.learning import small

SENTENCES = {
    "sv": "men jag har inte fått paketet som ni sa att det skulle vara här",
    "fi": "mutta en ole saanut pakettia jonka te sanoitte että se on tämä",
    "nl": "maar ik heb het pakket niet gekregen en dat is er nog steeds niet",
    "de": "aber ich habe das paket noch nicht und ihr seid auch nicht da",
    "en": "but i have not got the parcel and they don't say where it is",
}
PARCELS = {"paketet", "pakettia", "pakket", "paket", "parcel"}
SAID_OF_IT = {"saanut", "sanoitte", "gekregen", "sa"}


@pytest.mark.parametrize("language", small.WRITTEN)
def test_of_a_plain_sentence_what_it_is_about_remains(language: str) -> None:
    forms = [word.form for word in words.cut(SENTENCES[language])]
    assert {form for form in forms if small.is_telling(form, language)} - SAID_OF_IT <= PARCELS
    assert any(small.is_telling(form, language) for form in forms)


@pytest.mark.parametrize("form", ["x", "!", "12", "\\asks", "@", ""])
def test_what_is_no_word_tells_nothing(form: str) -> None:
    assert not small.is_telling(form, "en")


def test_a_neighbour_lends_its_list_and_a_stranger_meets_all_of_them() -> None:
    assert not small.is_telling("inte", "no")
    assert not {"inte", "mutta", "niet", "nicht", "the"} & {
        form for form in ("inte", "mutta", "niet", "nicht", "the") if small.is_telling(form, "fr")
    }
    assert small.is_telling("die", "en")
    assert not small.is_telling("die", "de")
