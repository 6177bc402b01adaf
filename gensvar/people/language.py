"""Sentences from the layers below, in the language of whoever reads them."""

from django.utils.translation import gettext

from gensvar.kernel.sentence import Sentence


def said(words: str) -> str:
    """`words` in the language that is active now, when the catalogue has them; any other text as it is."""
    if not isinstance(words, Sentence) or not words.template:
        return words
    pattern = gettext(words.template)
    return pattern % words.values if words.values else pattern
