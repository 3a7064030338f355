"""Preview and topics show what people get and what it costs."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from responder.cli.preview import preview
from responder.cli.topics import topics

Run = Callable[..., Result]


def test_preview_shows_every_section_as_text_and_as_speech(run: Run) -> None:
    output = run(preview, "slipping-chain").output
    text, speech = output.split("--- As speech")
    assert "=== Slipping chain (slipping-chain, English, routine, draft)" in text
    for part in ("answer", "symptoms", "causes", "treatment", "diagnosis"):
        assert f"[{part}]" in text
        assert f"[{part}]" in speech
    assert "    Reply MORE, CAUSES or MENU." in text
    assert "A chain slips when it is worn or the" in text
    assert "A chain slips when it is worn, or when the" in speech


def test_preview_counts_segments_septets_and_cents(run: Run) -> None:
    output = run(preview, "flat-tire").output
    assert "[answer] 2 segments, 229 septets, 1.66 US cents and the carrier's fee" in output


def test_preview_counts_spoken_words_and_seconds(run: Run) -> None:
    said = run(preview, "flat-tire").output.split("--- As speech")[1].split("[symptoms]")[0]
    head, words = said.strip().split("\n", 1)
    count = len(words.split())
    assert head == f"[answer] {count} words, {count * 60 / 150:.0f} seconds"


def test_preview_of_an_unknown_topic_or_language_says_what_there_is(run: Run) -> None:
    assert "There is no topic chain" in run(preview, "chain").output
    assert "The pack has en." in run(preview, "flat-tire", "--language", "es").output
    assert run(preview, "flat-tire", "--language", "en").exit_code == 0


def test_topics_are_a_table_with_a_row_each(run: Run) -> None:
    lines = run(topics).output.splitlines()
    assert lines[0].split() == ["id", "titles", "care", "review", "words", "examples", "segments"]
    rows = {line.split()[0]: line for line in lines[2:5]}
    assert list(rows) == ["flat-tire", "slipping-chain", "squeaky-brakes"]
    assert "reviewed, due 2027-05-01" in rows["flat-tire"]
    assert rows["squeaky-brakes"].split()[3] == "urgent"
    assert "3 topics" in lines[-1]


def test_both_say_what_is_wrong_with_broken_content(pack: Path, run: Run) -> None:
    (pack / "topics/flat-tire.yaml").write_text("id: [", encoding="utf-8")
    for result in (run(preview, "flat-tire"), run(topics)):
        assert result.exit_code == 1
        assert "topics/flat-tire.yaml" in result.output
        assert "Traceback" not in result.output
