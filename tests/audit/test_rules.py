"""What the rules see that no sample of the guide shows."""

from datetime import date
from pathlib import Path

import pytest

from responder.audit import audit
from responder.errors import Problem

TODAY = date(2026, 11, 22)
BRAKES = "topics/squeaky-brakes.yaml"


def change(pack: Path, name: str, old: str, new: str) -> None:
    path = pack / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(pack: Path, code: str) -> list[Problem]:
    return [problem for problem in audit(pack, TODAY).problems if problem.code == code]


def test_a_reply_is_measured_in_the_country_where_it_is_longest(pack: Path) -> None:
    answer = "Brakes squeak when the pads or the rims are dirty or worn. Clean them with a dry cloth first."
    for padding in range(40, 160):
        change(pack, BRAKES, answer, answer + " " + "x" * padding)
        problems = found(pack, "too-long")
        if problems:
            break
        change(pack, BRAKES, " " + "x" * padding, "")
    assert [problem.field for problem in problems] == ["en.answer"]
    assert "307 septets" in problems[0].found
    assert "the line about an emergency" in problems[0].found
    assert problems[0].fix == "Take out 1 characters."


def test_characters_that_count_twice_are_named_in_a_long_reply(pack: Path) -> None:
    change(pack, BRAKES, "Brakes squeak", "{[~€]} " * 14 + "Brakes squeak")
    (problem,) = found(pack, "too-long")
    assert "counted twice: LEFT CURLY BRACKET at character 1, LEFT SQUARE BRACKET at character 2" in problem.found
    assert "and 79 more" in problem.found


def test_every_costly_character_is_named_and_accents_that_fold_are_not(pack: Path) -> None:
    change(pack, BRAKES, "Old pads get hard", "Óld páds → get ✓ hard")
    (problem,) = found(pack, "costly-character")
    assert problem.found == "→ (RIGHTWARDS ARROW at character 48), ✓ (CHECK MARK at character 54)"
    assert problem.field == "en.sections.causes"


def test_an_alarm_may_be_longer_where_no_number_is_known(pack: Path) -> None:
    change(pack, "phrases/en.yaml", "now. {reason}", "now. Stay where you are until help comes to you. {reason}")
    assert found(pack, "phrase-too-long") == []
    change(pack, "phrases/en.yaml", "comes to you.", "comes to you, and let no one move you before they say so.")
    (problem,) = found(pack, "phrase-too-long")
    assert problem.path == "red_flags/en.yaml"
    assert problem.field == "rules[0].reason"


def test_a_number_of_grade_c_is_no_known_number(pack: Path) -> None:
    change(pack, "numbers.yaml", 'number: "000"', f'number: "{"000 " * 40}0"')
    assert audit(pack, TODAY).problems == ()


def test_keywords_conflict_in_any_inflection_and_order(pack: Path) -> None:
    change(pack, BRAKES, "- noisy brakes", "- Skipping, chains!")
    (problem,) = found(pack, "keyword-conflict")
    assert problem.found == "'Skipping, chains!' is also a keyword of topics/slipping-chain.yaml"


@pytest.mark.parametrize(
    ("keyword", "what"),
    [("STOP", "a word that Twilio acts on itself"), ("thank you", "the command thanks"), ("second", "the number 2")],
)
def test_reserved_words_are_commands_numbers_and_what_twilio_takes(keyword: str, what: str, pack: Path) -> None:
    change(pack, BRAKES, "- noisy brakes", f"- {keyword}")
    (problem,) = found(pack, "reserved-word")
    assert problem.found == f"{keyword!r} is {what}"


@pytest.mark.parametrize(
    "example", ["10 µs late", "nº 2", "naïve ñandú", "Ångström", "🚲👨\u200d🔧 help", "\u201cquoted\u201d it\u2019s"]
)
def test_what_people_really_type_is_no_problem_in_an_example(example: str, pack: Path) -> None:
    change(pack, BRAKES, "- do I need new brake pads", f"- brake pads {example}")
    assert audit(pack, TODAY).problems == ()


def test_hidden_characters_are_found_everywhere(pack: Path) -> None:
    for name, old in ((BRAKES, "do I need"), ("lexicon/en.yaml", "brake pad"), ("red_flags/en.yaml", "I was hit")):
        change(pack, name, old, old[:2] + "\u00ad" + old[2:])
        (problem,) = found(pack, "unseen-character")
        assert problem.path == name
        assert problem.found == "SOFT HYPHEN at character 3"
        change(pack, name, "\u00ad", "")


@pytest.mark.parametrize(
    ("phrase", "new", "fix"),
    [
        ("call {emergency}.\n  choice", "call {number}.\n  choice", "Use {emergency} here."),
        ("call {emergency}.\n  choice", "call us.\n  choice", "Use {emergency} here."),
        ("Topics:", "Topics of {name}:", "Use no braces here."),
        ("{title}, press {number}.", "Press {}.", "Use {number} and {title} here."),
    ],
)
def test_braces_are_those_that_the_line_fills_in(phrase: str, new: str, fix: str, pack: Path) -> None:
    change(pack, "phrases/en.yaml", phrase, new)
    (problem,) = audit(pack, TODAY).problems
    assert (problem.code, problem.fix) == ("placeholder", fix)


def test_the_report_counts_topics_and_drafts(pack: Path) -> None:
    report = audit(pack, TODAY)
    assert (report.topics, report.drafts) == (3, 2)
