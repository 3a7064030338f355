"""What a topic lacks: sections, and words that still wait to be written."""

from collections.abc import Iterator

from responder.audit.characters import strings
from responder.audit.pack import Pack
from responder.catalog.model import SECTIONS
from responder.errors import Problem

WRITE = "WRITE:"
"""Begins every sentence of a skeleton that `flask responder new` made."""
_WANTED = 4


def rule(pack: Pack) -> Iterator[Problem]:
    """Sections that one language has and another lacks; few sections in a topic of the menu; skeleton words."""
    for topic in pack.catalog.topics.values():
        there = {section for language in pack.catalog.languages for section in topic.texts[language].sections}
        for language in pack.catalog.languages:
            sections = topic.texts[language].sections
            for section in SECTIONS:
                if section in there and section not in sections:
                    fix = f"Translate it from the other language, or remove {section} there."
                    found = f"no {section} in {language}"
                    yield pack.in_topic("missing-section", topic.id, (language, "sections", section), found, fix)
            if topic.id in pack.catalog.menu and len(sections) < _WANTED:
                found = f"{len(sections)} of {len(SECTIONS)} sections, in a topic of the menu"
                fix = f"Write at least {_WANTED}: {', '.join(name for name in SECTIONS if name not in sections)}."
                yield pack.in_topic("few-sections", topic.id, (language, "sections"), found, fix)
    for name, file in pack.files.items():
        for where, text in strings(file.data):
            if text.startswith(WRITE):
                yield pack.problem("unwritten", name, where, f"{text!r}", "Write it, or remove it.")
