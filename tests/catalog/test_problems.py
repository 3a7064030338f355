"""Whatever is wrong with a content file, the editor is told file, line, field, what was found and what to write."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.catalog import inspect, load
from responder.errors import ContentError

FLAT, PHRASES, NUMBERS, PACK = "topics/flat-tire.yaml", "phrases/en.yaml", "numbers.yaml", "pack.yaml"


def change(pack: Path, name: str, old: str, new: str) -> None:
    path = pack / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(pack: Path) -> list[str]:
    catalog, _, problems = inspect(pack)
    assert (catalog is None) == any(problem.severity == "error" for problem in problems)
    return [str(problem) for problem in problems]


def test_a_sound_pack_has_no_problems(pack: Path) -> None:
    assert told(pack) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        # YAML and its traps.
        (
            FLAT,
            "title: Flat tire",
            "title: Tire: flat",
            "topics/flat-tire.yaml:9: [yaml] a second colon in one line. Put the text in quotes",
        ),
        (
            FLAT,
            "  title: Flat tire",
            "\ttitle: Flat tire",
            "topics/flat-tire.yaml:9: [unseen-character] a tab at column 1. Type a space.",
        ),
        (
            FLAT,
            "title: Flat tire",
            "title: Flat\u00a0tire",
            "topics/flat-tire.yaml:9: [unseen-character] a no-break space at column 14. Type a space.",
        ),
        (FLAT, "title: Flat tire", "title: Flat\u200b tire", "a zero-width space at column 14"),
        (FLAT, "title: Flat tire", "title: 'Flat tire", "topics/flat-tire.yaml:"),
        (
            FLAT,
            "care: routine",
            "care: routine\ncare: urgent",
            "topics/flat-tire.yaml:4: [duplicate-key] the key 'care' stands twice. Keep one of the two.",
        ),
        (
            FLAT,
            "  title: Flat tire",
            "  title: Flat tire\n  title: Puncture",
            "topics/flat-tire.yaml:10: [duplicate-key] the key 'title' stands twice",
        ),
        (
            FLAT,
            "- puncture",
            "- no",
            "topics/flat-tire.yaml:12: en.keywords[1] [yaml-trap] no without quotes, which "
            'YAML tools read as something else. Write "no".',
        ),
        (FLAT, "- puncture", "- On", "en.keywords[1] [yaml-trap] On without quotes"),
        (FLAT, "- puncture", "- 12:30", "[yaml-trap] 12:30 without quotes"),
        (NUMBERS, 'number: "999"', "number: 0112", "numbers.yaml:5: countries.GB.emergency.number [yaml-trap] 0112"),
        (PHRASES, "stop: [stop", "stop: [off", "commands.stop[0] [yaml-trap] off"),
        # Schemas.
        (
            FLAT,
            "  see_doctor: Go to a bike shop if the tire goes flat again the same day.\n",
            "",
            "topics/flat-tire.yaml:9: en.see_doctor [missing-field] see_doctor is missing. "
            "Add see_doctor: Whom to see, and when.",
        ),
        (
            FLAT,
            "  answer: >-",
            "  anwser: >-",
            "topics/flat-tire.yaml:16: en.anwser [unknown-field] the field anwser is not known. Did you mean answer?",
        ),
        (
            FLAT,
            "care: routine",
            "care: soon",
            "topics/flat-tire.yaml:3: care [schema] 'soon'. Write one of: routine, urgent, emergency.",
        ),
        (FLAT, "care: routine", "care:", "topics/flat-tire.yaml:3: care [schema] None."),
        (
            FLAT,
            "title: Flat tire",
            "title: F",
            "topics/flat-tire.yaml:9: en.title [schema] 1 characters. Write at least 2 characters.",
        ),
        (
            FLAT,
            "title: Flat tire",
            "title: 7",
            "topics/flat-tire.yaml:9: en.title [schema] 7. Write text (in quotes where it looks like a number).",
        ),
        (FLAT, "- puncture", "- flat tire", "en.keywords [schema] 'flat tire' stands twice. Keep one of the two."),
        (
            FLAT,
            "related: [slipping-chain]",
            "related: slipping-chain",
            "topics/flat-tire.yaml:4: related [schema] 'slipping-chain'. Write a list.",
        ),
        (
            FLAT,
            "https://example.org/puncture",
            "http://example.org/puncture",
            "topics/flat-tire.yaml:6: sources[0].url [schema] 'http://example.org/puncture'. "
            "Write it as described: Its address, beginning with https://",
        ),
        (FLAT, "accessed: 2026-11-01", "accessed: 2026-13-01", "sources[0].accessed [schema] '2026-13-01'"),
        (
            FLAT,
            'by: "J. Doe, bicycle mechanic"',
            "by: null",
            "topics/flat-tire.yaml:7: review.by [schema] None. Write text",
        ),
        (NUMBERS, 'number: "999"', "number: 999", "numbers.yaml:5: countries.GB.emergency.number [schema] 999."),
        (PACK, "en: {locale", "english: {locale", "pack.yaml:"),
        (
            PHRASES,
            "  fallback_again:",
            "  fallback_agian:",
            "texts.fallback_agian [unknown-field] the field fallback_agian is not known. Did you mean fallback_again?",
        ),
        # Files that do not fit each other.
        (
            FLAT,
            "id: flat-tire",
            "id: flat-tyre",
            "topics/flat-tire.yaml:2: id [file-name] the id flat-tyre in flat-tire.yaml. "
            "Write id: flat-tire, or rename the file to flat-tyre.yaml.",
        ),
        (
            PHRASES,
            "language: en",
            "language: es",
            "phrases/en.yaml:2: language [file-name] language es in en.yaml. Write language: en.",
        ),
        (
            FLAT,
            "related: [slipping-chain]",
            "related: [chain]",
            "topics/flat-tire.yaml:4: related[0] [unknown-topic] there is no topic chain. Write the id of a topic.",
        ),
        (PACK, "squeaky-brakes, ", "brakes, ", "pack.yaml:7: menu[1] [unknown-topic] there is no topic brakes."),
        (
            PACK,
            "languages:",
            "languages:\n  es: {locale: es-US, voice: Polly.Lupe-Neural}",
            "pack.yaml:6: languages.es [missing-language] no lexicon for es. "
            "Add lexicon/es.yaml, or take es out of the pack.",
        ),
        (
            PACK,
            "languages:",
            "languages:\n  es: {locale: es-US, voice: Polly.Lupe-Neural}",
            "topics/flat-tire.yaml:2: [missing-language] no es. Add the part es: with title",
        ),
        (
            PHRASES,
            "all I have on {title}",
            "all I have on {title",
            "texts.no_more [placeholder] a brace without its partner. Use {title} here.",
        ),
    ],
)
def test_a_broken_file_is_told_with_place_and_remedy(name: str, old: str, new: str, said: str, pack: Path) -> None:
    change(pack, name, old, new)
    assert any(said in line for line in told(pack)), told(pack)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "[empty-file] the file is empty"),
        (b"# only a comment\n", "[empty-file] the file is empty"),
        (b"title: caf\xe9\n", "[encoding] not UTF-8"),
        (b"- a list\n", "[schema] a list. Write fields."),
        (b"just words\n", "[schema] 'just words'. Write fields."),
        (b"a: [\n", "[yaml]"),
        (b"a: &x [*x]\n", ""),
        (b"a: \x07\n", "[yaml]"),
        (b"? {a: b}\n: c\n", ""),
        (b"1: 2\n", "[unknown-field] the field 1 is not known"),
        (b"--- a\n--- b\n", "[yaml]"),
        (b"<<: {id: a}\n", ""),
        (b"a: !!python/object:os.system {}\n", "[yaml]"),
        (b"\xef\xbb\xbfid: a\n", "[unseen-character] a byte order mark at column 1"),
    ],
)
def test_a_file_that_holds_anything_is_told_and_never_raises(content: bytes, said: str, pack: Path) -> None:
    (pack / FLAT).write_bytes(content)
    lines = told(pack)
    assert any(line.startswith(FLAT) and said in line for line in lines), lines


@settings(max_examples=150)
@given(content=st.binary(max_size=60) | st.text("{}[]:-,&*!|>'\"#%@ \nab1", max_size=40).map(str.encode))
def test_no_bytes_at_all_make_it_raise(content: bytes, pack: Path) -> None:
    for name in (FLAT, PACK):
        before = (pack / name).read_bytes()
        (pack / name).write_bytes(content)
        assert told(pack)
        (pack / name).write_bytes(before)


def test_missing_files_are_told(pack: Path) -> None:
    (pack / NUMBERS).unlink()
    (pack / PACK).unlink()
    assert told(pack) == [
        "pack.yaml: [missing-file] the file is missing. Add it.",
        "numbers.yaml: [missing-file] the file is missing. Add it.",
    ]


def test_the_same_id_twice_is_told(pack: Path) -> None:
    (pack / "topics/puncture.yaml").write_bytes((pack / FLAT).read_bytes())
    assert told(pack) == [
        "topics/puncture.yaml:2: id [duplicate-id] the id flat-tire is also in topics/flat-tire.yaml. "
        "Give each topic an id of its own."
    ]


def test_a_missing_file_of_a_language_is_told(pack: Path) -> None:
    for kind in ("lexicon", "phrases", "red_flags"):
        (pack / kind / "en.yaml").rename(pack / f"{kind}.yaml")
        assert f"pack.yaml:6: languages.en [missing-language] no {kind} for en" in told(pack)[0]
        (pack / f"{kind}.yaml").rename(pack / kind / "en.yaml")


def test_load_raises_with_all_errors_and_no_warnings(pack: Path) -> None:
    change(pack, FLAT, "care: routine", "care: soon")
    change(pack, NUMBERS, 'number: "999"', "number: 999")
    with pytest.raises(ContentError) as raised:
        load(pack)
    assert [problem.path for problem in raised.value.problems] == [NUMBERS, FLAT]
    assert str(raised.value).startswith("The content has 2 problems:\nnumbers.yaml:5: ")


def test_the_version_changes_with_any_byte(pack: Path) -> None:
    before = load(pack).version
    assert load(pack).version == before
    assert len(before) == 12
    change(pack, FLAT, "# British spelling", "# British")
    assert load(pack).version != before
