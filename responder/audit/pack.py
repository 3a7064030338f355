"""The pack as the rules see it: its data, the working engine, and today's date."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from responder.audit.codes import CODES
from responder.catalog import yaml
from responder.catalog.load import File
from responder.catalog.model import Catalog, TopicText
from responder.catalog.yaml import Field
from responder.engine import Engine
from responder.errors import Problem


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that its schemas accept, while it is audited."""

    catalog: Catalog
    engine: Engine
    files: Mapping[str, File]
    """By name, such as topics/als.yaml."""
    today: date
    _lines: dict[str, Mapping[Field, int]] = field(default_factory=dict)

    def texts(self) -> Iterator[tuple[str, str, TopicText]]:
        """Every topic in every language the pack serves: id, language, text."""
        for topic in self.catalog.topics.values():
            for language in self.catalog.languages:
                yield topic.id, language, topic.texts[language]

    def problem(self, code: str, name: str, where: Field, found: str, fix: str) -> Problem:
        """A problem at `where` in the file `name`, as grave as its code says."""
        if name not in self._lines:
            self._lines[name] = yaml.lines(self.files[name].path)
        known = self._lines[name]
        line = next((known[where[:end]] for end in range(len(where), -1, -1) if where[:end] in known), 0)
        return Problem(code, CODES[code].severity, name, line, yaml.dotted(where), found, fix)

    def in_topic(self, code: str, topic: str, where: Field, found: str, fix: str) -> Problem:
        """The same in a topic's own file."""
        return self.problem(code, topic_file(topic), where, found, fix)


Rule = Callable[[Pack], Iterator[Problem]]


def topic_file(topic: str) -> str:
    """The name of the file that holds a topic."""
    return f"topics/{topic}.yaml"
