"""`gensvar train`: labelled posts in, a model file out."""

from collections.abc import Callable, Sequence
from pathlib import Path

from gensvar.filters.errors import Unreadable

LARGEST = 10_000_000
"""Bytes of a model file."""


def run(
    corpus: Path,
    data: Path | None,
    also: Sequence[Path],
    out: Path,
    *,
    seed: int,
    name: str,
    say: Callable[[str], object],
) -> None:
    """Train and write; `out` is replaced only when all went well. Raises Unreadable."""
    try:
        import sklearn  # noqa: F401  only to say what is missing
    except ImportError:
        raise Unreadable(
            'Training needs scikit-learn, which is not installed; say: .venv/bin/pip install "gensvar[train]"'
        ) from None
    from gensvar.reading.judge import model
    from gensvar.reading.training import sources
    from gensvar.reading.training.train import gather, train

    try:
        rows = gather(corpus, data, also)
    except sources.UnreadableSource as error:
        raise Unreadable(str(error)) from None
    content = model.write(train(rows, name=name, seed=seed, say=say))
    if len(content) > LARGEST:
        raise Unreadable(
            f"The model would have {len(content)} bytes, more than {LARGEST}; take fewer languages."
        )
    try:
        beside = out.with_name(out.name + ".new")
        beside.write_bytes(content)
        beside.replace(out)
    except OSError as error:
        raise Unreadable(f"{out}: cannot be written ({error.strerror}); choose another place.") from None
    say(f"{out}: {len(content) / 1e6:.1f} MB")
