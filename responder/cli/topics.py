"""`flask responder topics`: all topics at a glance."""

from collections.abc import Sequence

import click
from flask.cli import with_appcontext

from responder.audit.lengths import sent
from responder.catalog import Catalog, Topic
from responder.cli.content import catalog as read
from responder.compose import Composer
from responder.turn import Inquiry

_HEAD = ("id", "titles", "care", "review", "words", "examples", "segments")


@click.command()
@with_appcontext
def topics() -> None:
    """List the topics: titles, care, review, words of the answer, examples, segments of the first reply."""
    catalog = read()
    rows = [_row(catalog, catalog.topics[name]) for name in sorted(catalog.topics)]
    widths = [max(len(row[column]) for row in (_HEAD, *rows)) for column in range(len(_HEAD))]
    for row in (_HEAD, tuple("-" * width for width in widths), *rows):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    click.echo(f"\n{len(rows)} topics; languages side by side: {' / '.join(catalog.languages)}")


def _row(catalog: Catalog, topic: Topic) -> tuple[str, ...]:
    texts = [topic.texts[code] for code in catalog.languages]
    replies = [Composer(catalog, pack, Inquiry()).answer(topic.id) for pack in catalog.languages.values()]
    review = f"{topic.review.status}, due {topic.review.due}"
    return (
        topic.id,
        " / ".join(text.title for text in texts),
        topic.care,
        review,
        _each([len(f"{text.answer} {text.see_doctor}".split()) for text in texts]),
        _each([len(text.examples) for text in texts]),
        _each([sent(reply)[1].segments for reply in replies]),
    )


def _each(numbers: Sequence[int]) -> str:
    return " / ".join(map(str, numbers))
