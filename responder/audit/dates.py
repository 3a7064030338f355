"""What time has overtaken: sources, telephone numbers, reviews."""

from collections.abc import Iterator
from datetime import date, timedelta

from responder.audit.pack import Pack
from responder.errors import Problem

OLD_SOURCE = timedelta(days=2 * 365)
OLD_NUMBER = timedelta(days=365)
_READ = "Read it again and write the new date."


def rule(pack: Pack) -> Iterator[Problem]:
    """Everything that must be looked at again, as of `pack.today`."""
    for topic in pack.catalog.topics.values():
        for number, source in enumerate(topic.sources):
            if pack.today - source.accessed > OLD_SOURCE:
                found = f"{source.publisher}, {source.title}: read on {source.accessed}"
                yield pack.in_topic("old-source", topic.id, ("sources", number), found, _READ)
        if topic.review.due < pack.today:
            fix = "Have a clinician look at it and write the next date."
            yield pack.in_topic("review-overdue", topic.id, ("review",), f"due on {topic.review.due}", fix)
    for language, one in pack.catalog.languages.items():
        for number, flag in enumerate(one.red_flags.rules):
            if pack.today - flag.source.accessed > OLD_SOURCE:
                name, found = f"red_flags/{language}.yaml", f"{flag.id}: read on {flag.source.accessed}"
                yield pack.problem("old-source", name, ("rules", number, "source"), found, _READ)
    yield from _numbers(pack)


def _numbers(pack: Pack) -> Iterator[Problem]:
    for country, data in pack.files["numbers.yaml"].data["countries"].items():
        for key in ("emergency", "nurse", "crisis"):
            if key in data and pack.today - date.fromisoformat(data[key]["checked"]) > OLD_NUMBER:
                found = f"{data[key]['number']}: checked on {data[key]['checked']}"
                fix = "Check it against an official page and write the new date."
                yield pack.problem("old-number", "numbers.yaml", ("countries", country, key), found, fix)
