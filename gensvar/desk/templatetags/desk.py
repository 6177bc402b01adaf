"""Icons, the mark of the house, and other small things that templates write."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One icon of the sprite; it says nothing itself, the word beside it does."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("desk/icons.svg"), name
    )


@register.simple_tag
def mark_svg() -> SafeString:
    """The mark of the house: a voice, and the answer that comes back."""
    return mark_safe(
        '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor"'
        ' stroke-width="2.25" stroke-linecap="round"><path opacity=".55"'
        ' d="M3 12a9 9 0 0 1 9-9M7.5 12A4.5 4.5 0 0 1 12 7.5"/>'
        '<path d="M21 12a9 9 0 0 1-9 9M16.5 12a4.5 4.5 0 0 1-4.5 4.5"/><circle cx="12" cy="12" r="1.25"'
        ' fill="currentColor" stroke="none"/></svg>'
    )


PARTS = (
    "tokens", "base", "button", "time", "form", "shell", "notice", "table", "inbox", "case", "watch", "bare",
)  # fmt: skip
"""Style sheets in the order in which they are read; the first one names the cascade layers."""


@register.simple_tag
def styles() -> SafeString:
    """The style sheets of the desk."""
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(f"desk/css/{part}.css"),) for part in PARTS)
    )
