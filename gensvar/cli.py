"""The front door: every command of Gensvar, with its words and exit codes; what it does lives below."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from gensvar.filters.lines import Stream

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gensvar.settings")


class Sentence(click.ClickException):
    """An error that a person can do something about: one line, exit code 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Say it on standard error, without the word Error."""
        click.echo(self.message, err=True)


def _django() -> None:
    """Load Django; a setting that cannot be read becomes a sentence."""
    import django

    try:
        django.setup()
    except (ValueError, OSError) as error:
        raise Sentence(f"The settings cannot be read: {error}") from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gensvar")
def main() -> None:
    """Hear what is said about a company in public, answer it well, see it solved."""


@main.command()
@click.option("--demo", is_flag=True, help="Fill an empty desk from a pretend internet and keep it alive.")
def up(demo: bool) -> None:
    """Start the whole desk: web, listener and worker, until Ctrl-C."""
    from gensvar.engine import supervisor

    _django()
    from gensvar import start

    with _sentences():
        start.check_port()
        start.prepare()
        if demo:
            _fill()
    sys.exit(supervisor.run())


def _fill() -> None:
    """Let the pretend company move in, and say how to sign in."""
    from gensvar.demo.fill import SomebodysDesk, fill
    from gensvar.kernel.clock import now

    try:
        click.echo(fill(at=now()), err=True)
    except SomebodysDesk as error:
        raise Sentence(str(error)) from None


@main.command()
def web() -> None:
    """Serve the pages."""
    from gensvar import start

    _django()
    with _sentences():
        start.web()


@main.command()
def listen() -> None:
    """Listen to all channels."""
    from gensvar import start

    _django()
    with _sentences():
        start.listen()


@main.command()
@click.option("--lane", "lanes", multiple=True, help="Only this lane (may be given several times).")
def work(lanes: tuple[str, ...]) -> None:
    """Send replies, take pictures, load threads."""
    from gensvar import start

    _django()
    with _sentences():
        start.work(lanes)


@main.command()
@click.option("--settings", "settings_", is_flag=True, help="List every setting instead.")
def doctor(settings_: bool) -> None:
    """Say what works, what is missing, and what to do about it."""
    if settings_:
        _list_settings()
        return
    _django()
    from gensvar import examine

    sys.exit(0 if examine.examine(click.echo) else 1)


@main.command()
@click.argument("watches", type=click.Path(path_type=Path), metavar="WATCHES.toml")
def match(watches: Path) -> None:
    """Say which watches each post of standard input meets; one JSON object per line."""
    from gensvar.filters import match as filter_
    from gensvar.filters.errors import Unreadable

    def run() -> int:
        try:
            asked = filter_.ready(watches)
        except Unreadable as error:
            raise Sentence(str(error)) from None
        return filter_.run(asked, cast("Stream", sys.stdin.buffer), sys.stdout.buffer, _complain)

    sys.exit(_streamed(run))


@main.command()
@click.option(
    "--batch", type=click.IntRange(1, 100_000), default=500, show_default=True, help="Posts read at once."
)
@click.option(
    "--model", type=click.Path(path_type=Path), default=None, help="Another model than the shipped one."
)
def judge(batch: int, model: Path | None) -> None:
    """Say what each post of standard input is, and why; one JSON object per line."""
    from gensvar.filters import judge as filter_
    from gensvar.filters.errors import Unreadable

    def run() -> int:
        try:
            return filter_.run(
                cast("Stream", sys.stdin.buffer), sys.stdout.buffer, _complain, batch=batch, model=model
            )
        except Unreadable as error:
            raise Sentence(str(error)) from None

    sys.exit(_streamed(run))


@main.command()
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    default=Path("corpus"),
    show_default=True,
    help="The folder of our labelled posts, one file a language.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=None,
    help="A folder of public sets (NAME.jsonl.gz) that may be learnt from.",
)
@click.option(
    "--also",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A file of posts of your own, labelled like the corpus (may be given several times).",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same model.")
@click.option("--name", default="of our own", show_default=True, help="What the model is called.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where the model is written.")
def train(
    *, corpus: Path, data: Path | None, also: tuple[Path, ...], seed: int, name: str, out: Path
) -> None:
    """Learn a model from labelled posts. Needs scikit-learn: pip install "gensvar[train]"."""
    from gensvar.filters import train as filter_
    from gensvar.filters.errors import Unreadable

    try:
        filter_.run(corpus, data, also, out, seed=seed, name=name, say=_complain)
    except Unreadable as error:
        raise Sentence(str(error)) from None


@main.command("check-reply")
@click.option("--language", default="", metavar="CODE", help="The language of the post: sv fi nl de en.")
@click.option(
    "--signed-by", default="", metavar="NAME", help="Who signs; otherwise any person's name will do."
)
def check_reply(language: str, signed_by: str) -> None:
    """Read the draft on standard input and print its check list; exit code 1 when something is missing."""
    from gensvar.filters import check_reply as filter_
    from gensvar.filters.errors import Unreadable

    try:
        answer = filter_.run(sys.stdin.buffer, language=language, signer=signed_by)
    except Unreadable as error:
        raise Sentence(str(error)) from None
    click.echo(answer.line)
    sys.exit(0 if answer.passed else 1)


def _complain(sentence: str) -> None:
    click.echo(sentence, err=True)


def _streamed(run: Callable[[], int]) -> int:
    """The exit code of a filter: 0, or 2 when it had to skip something. A closed pipe or Ctrl-C ends it."""
    try:
        return 2 if run() else 0
    except BrokenPipeError:
        # What still waits to be written would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _list_settings() -> None:
    from gensvar.kernel import environment

    for variable in environment.ALL:
        value = os.environ.get(variable.name)
        shown = "(set)" if value and variable.secret else value if value else f"default {variable.default!r}"
        click.echo(f"{variable.name:<24} {shown}\n    {variable.meaning}")


class _sentences:  # noqa: N801  reads as a phrase: with _sentences()
    """Errors of the outside (ports, disks, databases) become one line for people."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Turn what is known into a Sentence; leave what is not."""
        from django.conf import settings
        from django.db import DatabaseError

        from gensvar.kernel import database
        from gensvar.start import CannotStart

        if isinstance(error, CannotStart):
            raise Sentence(str(error)) from None
        if isinstance(error, DatabaseError):
            raise Sentence(database.sentence(error, database.place(settings.DATABASES["default"]))) from None
        if isinstance(error, OSError):
            raise Sentence(f"{error.filename or 'The machine'}: {error.strerror}.") from None


if __name__ == "__main__":
    main()
