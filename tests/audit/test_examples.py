"""The content's own sentences do as they are written; known failures are a list that only shrinks."""

from pathlib import Path

from responder.audit.examples import run, unseen
from responder.audit.known import FILE, judged
from responder.catalog import Catalog, load
from responder.engine import Engine

ROOT = Path(__file__).parent.parent.parent


def test_every_example_and_red_flag_of_the_pack_does_as_written(engine: Engine, catalog: Catalog) -> None:
    report = run(engine, catalog)
    assert report.sentences > 10_000
    assert judged(report.failures, ROOT / "content") == []


def test_a_new_failure_is_told_a_known_one_is_not_and_a_mended_one_must_leave_the_list(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("old\nmended\n", encoding="utf-8")
    assert judged(["old", "new"], tmp_path) == ["new", f"mended: fails no more; take it out of {FILE}"]
    assert judged(["new"], tmp_path / "without") == ["new"]


def test_unseen_examples_are_counted_once_each() -> None:
    catalog = load(ROOT / "tests" / "packs" / "bicycles")
    found = unseen(Engine(catalog), catalog, "en")
    assert sum(found.verdicts.values()) == sum(len(t.texts["en"].examples) for t in catalog.topics.values())
    assert "not seen in training" in str(found)
