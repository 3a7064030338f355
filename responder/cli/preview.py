"""`flask responder preview`: a topic as people get it, and what it costs."""

from collections.abc import Iterator

import click
from flask.cli import with_appcontext

from responder.audit.hearing import heard, seconds
from responder.audit.lengths import sent
from responder.catalog import SECTIONS, Catalog
from responder.catalog.model import LanguagePack
from responder.cli.content import catalog as read
from responder.compose import Composer
from responder.turn import Inquiry

CENTS_A_SEGMENT = 0.83
"""US cents that Twilio takes for one segment out, without the carrier's 0.25 to 0.62 (US long code, July 2026,
https://www.budgetforge.dev/tools/twilio-sms-pricing-2026)."""


@click.command()
@click.argument("topic")
@click.option("--language", help="Two letters, such as es; all languages if not given.")
@with_appcontext
def preview(topic: str, language: str | None) -> None:
    """Show a topic as text and as speech: flask responder preview als --language es."""
    catalog = read()
    if topic not in catalog.topics:
        raise click.ClickException(f"There is no topic {topic}. flask responder topics lists all.")
    if language is not None and language not in catalog.languages:
        raise click.ClickException(f"The pack has {', '.join(catalog.languages)}.")
    for code, pack in catalog.languages.items():
        if language in (None, code):
            click.echo("\n".join(_shown(catalog, topic, pack)))


def _shown(catalog: Catalog, topic: str, pack: LanguagePack) -> Iterator[str]:
    one = catalog.topics[topic]
    text = one.texts[pack.code]
    sections = [None, *(name for name in SECTIONS if name in text.sections)]
    yield f"=== {text.title} ({topic}, {pack.phrases.name}, {one.care}, {one.review.status})"
    yield "\n--- As a text\n"
    composer = Composer(catalog, pack, Inquiry())
    for section in sections:
        words, cost = sent(composer.answer(topic, section))
        segments = f"{cost.segments} segment{'' if cost.segments == 1 else 's'}"
        units = f"{cost.units} {'septets' if cost.encoding == 'GSM-7' else 'characters in UCS-2'}"
        price = f"{cost.segments * CENTS_A_SEGMENT:.2f} US cents and the carrier's fee"
        yield from (f"[{section or 'answer'}] {segments}, {units}, {price}", _indented(words), "")
    yield "--- As speech\n"
    composer = Composer(catalog, pack, Inquiry(channel="voice"))
    for section in sections:
        said = heard(composer.answer(topic, section), pack)
        yield f"[{section or 'answer'}] {len(said)} words, {seconds(said):.0f} seconds"
        yield from (_indented(" ".join(said)), "")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
