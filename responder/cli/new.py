"""`flask responder new`: a topic to fill in, every field explained."""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext

from responder.audit.completeness import WRITE
from responder.catalog import SECTIONS, yaml
from responder.catalog.schema import SCHEMAS
from responder.cli.content import folder

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REVIEW_AFTER = timedelta(days=182)
_SECTION_HINTS = {
    "symptoms": "what it feels like.",
    "causes": "what sets it off.",
    "treatment": "what helps now.",
    "prevention": "how to keep it off.",
    "outlook": "how long it lasts.",
    "diagnosis": "how it is found.",
}


@click.command()
@click.argument("topic")
@with_appcontext
def new(topic: str) -> None:
    """Write the skeleton of a new topic: flask responder new calf-knot."""
    if not _ID.fullmatch(topic):
        raise click.BadParameter("write lower-case words joined by hyphens, such as calf-knot.", param_hint="TOPIC")
    path = folder() / "topics" / f"{topic}.yaml"
    if path.exists():
        raise click.ClickException(f"{path} is there already. Edit it, or choose another name.")
    pack, problems = yaml.read(folder() / "pack.yaml", "pack.yaml")
    if pack is None or problems:
        raise click.ClickException("\n".join(map(str, problems)))
    text = skeleton(topic, languages(folder(), pack["languages"]), path.parent, date.today())
    path.write_text(text, encoding="utf-8")
    click.echo(f"{path} is there. Now:")
    click.echo(f"  1. Open it and replace every {WRITE}  (docs/content-guide.md)")
    click.echo(f"  2. flask responder check\n  3. flask responder preview {topic}\n  4. flask responder test")


def languages(folder: Path, codes: Iterable[str]) -> dict[str, str]:
    """Each language and its reminder, which shows whom this pack sends people to."""
    found = {}
    for code in codes:
        path = folder / "phrases" / f"{code}.yaml"
        phrases = yaml.read(path, path.name)[0] if path.is_file() else None
        found[code] = phrases["texts"]["reminder"] if phrases else ""
    return found


def skeleton(topic: str, languages: dict[str, str], folder: Path, today: date) -> str:
    """A topic that check accepts as a draft, its words still to be written; `folder` is where it will stand."""
    title = topic.replace("-", " ").capitalize()
    due = today + _REVIEW_AFTER
    schema = Path(os.path.relpath(SCHEMAS / "topic.schema.json", folder)).as_posix()
    head = f"""\
# yaml-language-server: $schema={schema}
# Replace every {WRITE} (docs/content-guide.md). See it with: flask responder preview {topic}
id: {topic}
# routine: can wait for an appointment. urgent: must be seen today. emergency: must call at once.
care: routine
# Up to four ids of topics that a reader would go on to.
related: []
# Where you read the facts, and when: one line a page.
sources:
  - {{title: "{WRITE} title", publisher: "{WRITE} who", url: "https://example.org/", accessed: {today}}}
# A draft until a clinician signs: {{status: reviewed, by: "name, role", on: {today}, due: {due}}}
review: {{status: draft, by: null, on: null, due: {due}}}
"""
    return head + "".join(line for code in languages for line in _language(code, title, languages[code]))


def _language(code: str, title: str, reminder: str) -> Iterator[str]:
    yield f"""\
{code}:
  # The name in a list of choices: at most 32 characters.
  title: "{title}"
  # Names and short phrases that on their own mean this topic and no other: eight or more.
  keywords:
    - "{WRITE} names for it"
  # Two or three short sentences, texted and spoken: what it is, and what helps.
  answer: >-
    {WRITE} what it is. Then what helps.
  # Whom to see, and when.
  see_doctor: "{WRITE} whom to see. Such as: {reminder}"
  # What someone gets who asks for one side of it. Remove those that no source supports.
  sections:
"""
    for section in SECTIONS:
        yield f"    {section}: >-\n      {WRITE} {_SECTION_HINTS[section]}\n"
    yield f"""\
  # What people text or say when they mean this, typos and all. Never a real person's words. Forty or more.
  examples:
    - "{WRITE} what people ask"
"""
