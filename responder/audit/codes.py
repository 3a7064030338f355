"""Every code that a problem can have. docs/content-guide.md explains each; a test holds both to it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem: an error must not go live, a warning is worth a second look."""

    severity: Literal["error", "warning"]
    meaning: str


def _error(meaning: str) -> Code:
    return Code("error", meaning)


def _warning(meaning: str) -> Code:
    return Code("warning", meaning)


CODES = {
    # Found while reading the files (responder/catalog).
    "missing-file": _error("a file that every pack needs is not there"),
    "empty-file": _error("the file holds nothing"),
    "encoding": _error("the file is not saved as UTF-8"),
    "yaml": _error("the file cannot be read as YAML"),
    "duplicate-key": _error("a field stands twice"),
    "yaml-trap": _error("a word or number that YAML tools read as something else"),
    "unseen-character": _error("a character that cannot be seen, such as a no-break space"),
    "missing-field": _error("a field that must be there is not"),
    "unknown-field": _error("a field that nobody reads"),
    "schema": _error("a value of the wrong kind, length or form"),
    "file-name": _error("the file's name and the id or language in it differ"),
    "duplicate-id": _error("two files have the same id"),
    "missing-language": _error("a language of the pack is not there"),
    "unknown-topic": _error("a topic id that does not exist"),
    "unknown-rule": _error("a red-flag rule that does not exist"),
    "placeholder": _error("the {braces} of a sentence are not those that the line fills in"),
    # Found by the rules of this package.
    "red-flag-pattern": _error("a red-flag pattern that cannot be understood"),
    "too-long": _error("a reply that needs more than two segments"),
    "phrase-too-long": _error("a sentence of the line that makes its reply too long"),
    "costly-character": _error("a character that more than doubles the price of a text"),
    "too-long-to-hear": _error("an answer of more than 60 spoken words"),
    "too-hard": _error("a text that many readers will not understand"),
    "hard": _warning("a text that is harder to read than it should be"),
    "missing-section": _warning("a section that another language has"),
    "few-sections": _warning("a topic of the menu with fewer than four sections"),
    "unwritten": _warning("words of the skeleton that still wait to be written"),
    "names-nobody": _error("a see_doctor that does not say whom to see"),
    "keyword-conflict": _error("a keyword that two topics claim"),
    "reserved-word": _error("a keyword that is a command"),
    "look-alike": _error("a letter of another alphabet inside a word"),
    "curly-character": _warning("a typographic quote or dash in a text"),
    "old-source": _warning("a source that was read more than two years ago"),
    "old-number": _warning("a telephone number that was checked more than a year ago"),
    "review-overdue": _warning("a topic whose review date has passed"),
    "unreachable-topic": _error("a topic that its own title does not find"),
    "alarm-example": _warning("an example that gets an emergency reply instead of its topic"),
}
