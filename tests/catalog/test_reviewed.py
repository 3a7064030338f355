"""With RESPONDER_REVIEWED_ONLY, what no clinician has signed is not there at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from responder.catalog import Catalog, load
from responder.catalog.model import Ambiguous, Review
from responder.catalog.reviewed import reviewed
from responder.errors import SettingsError

SIGNED = Review("reviewed", "J. Doe", date(2026, 11, 1), date(2027, 5, 1))


@pytest.fixture
def bicycles() -> Catalog:
    return load(Path(__file__).parent.parent / "packs" / "bicycles")


def _sign(catalog: Catalog, *names: str) -> Catalog:
    topics = {name: replace(one, review=SIGNED) if name in names else one for name, one in catalog.topics.items()}
    return replace(catalog, topics=topics)


def test_only_reviewed_topics_stay_and_nothing_points_to_the_others(bicycles: Catalog) -> None:
    served = reviewed(_sign(bicycles, "slipping-chain"))
    assert set(served.topics) == {"flat-tire", "slipping-chain"}
    assert served.menu == ("flat-tire", "slipping-chain")
    assert served.topics["slipping-chain"].related == ("flat-tire",)


def test_a_question_back_needs_two_topics_that_are_left(bicycles: Catalog) -> None:
    pack = bicycles.languages["en"]
    entries = (
        Ambiguous(("noise",), ("slipping-chain", "squeaky-brakes", "flat-tire")),
        Ambiguous(("wheel",), ("squeaky-brakes", "flat-tire")),
    )
    pack = replace(pack, lexicon=replace(pack.lexicon, ambiguous=entries))
    served = reviewed(_sign(replace(bicycles, languages={"en": pack}), "slipping-chain"))
    assert served.languages["en"].lexicon.ambiguous == (Ambiguous(("noise",), ("slipping-chain", "flat-tire")),)


def test_a_menu_of_drafts_becomes_one_of_what_is_left(bicycles: Catalog) -> None:
    assert reviewed(replace(bicycles, menu=("squeaky-brakes",))).menu == ("flat-tire",)


def test_the_whole_catalog_is_untouched(bicycles: Catalog) -> None:
    reviewed(bicycles)
    assert len(bicycles.topics) == 3


def test_nothing_reviewed_is_refused(bicycles: Catalog) -> None:
    drafts = replace(bicycles, topics={"slipping-chain": bicycles.topics["slipping-chain"]})
    with pytest.raises(SettingsError, match="no topic is reviewed"):
        reviewed(drafts)
