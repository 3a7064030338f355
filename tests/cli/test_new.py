"""A new topic is a draft that check accepts, and whose every field is explained."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from responder.catalog import load, yaml
from responder.cli.check import check
from responder.cli.new import new
from responder.cli.preview import preview

Run = Callable[..., Result]


def test_a_skeleton_has_no_errors_and_waits_to_be_written(pack: Path, run: Run) -> None:
    result = run(new, "bent-rim")
    assert result.exit_code == 0
    assert "topics/bent-rim.yaml is there" in result.output
    problems = json.loads(run(check, "--json").output)
    assert {(problem["code"], problem["path"]) for problem in problems} == {("unwritten", "topics/bent-rim.yaml")}
    assert run(preview, "bent-rim").exit_code == 0


def test_a_skeleton_is_a_draft_in_every_language_with_every_section(pack: Path, run: Run) -> None:
    run(new, "bent-rim")
    topic = load(pack).topics["bent-rim"]
    assert (topic.review.status, topic.care, topic.texts["en"].title) == ("draft", "routine", "Bent rim")
    assert list(topic.texts["en"].sections) == [
        "symptoms", "causes", "treatment", "prevention", "outlook", "diagnosis",
    ]  # fmt: skip


def test_a_skeleton_names_its_schema_for_the_editor(pack: Path, run: Run) -> None:
    run(new, "bent-rim")
    first = (pack / "topics/bent-rim.yaml").read_text(encoding="utf-8").splitlines()[0]
    schema = (pack / "topics" / first.split("$schema=")[1]).resolve()
    assert schema.is_file()
    assert schema.name == "topic.schema.json"


def test_a_skeleton_can_be_written_while_other_files_are_broken(pack: Path, run: Run) -> None:
    (pack / "topics/flat-tire.yaml").write_text("id: [", encoding="utf-8")
    assert run(new, "bent-rim").exit_code == 0
    assert yaml.read(pack / "topics/bent-rim.yaml", "bent-rim.yaml")[1] == []


def test_a_topic_that_is_there_is_never_overwritten(pack: Path, run: Run) -> None:
    before = (pack / "topics/flat-tire.yaml").read_bytes()
    result = run(new, "flat-tire")
    assert result.exit_code == 1
    assert "is there already" in result.output
    assert (pack / "topics/flat-tire.yaml").read_bytes() == before


def test_a_name_that_is_no_id_is_refused(pack: Path, run: Run) -> None:
    for name in ("Bent Rim", "bent_rim", "../bent", "bent-", "rim.yaml", "á"):
        result = run(new, name)
        assert result.exit_code == 2, name
        assert "joined by hyphens" in result.output
    assert len(list((pack / "topics").iterdir())) == 3
