from datetime import UTC, datetime

import pytest

from responder.hours import hours

WEEK = "Mo-Fr 08:00-18:00, Sa 09:00-12:00 America/New_York"


@pytest.mark.parametrize(
    ("text", "moment", "there"),
    [
        (WEEK, "2026-11-23 13:00", True),  # Monday, 8:00 in New York
        (WEEK, "2026-11-23 12:59", False),
        (WEEK, "2026-11-23 22:59", True),
        (WEEK, "2026-11-23 23:00", False),
        (WEEK, "2026-11-28 14:00", True),  # Saturday
        (WEEK, "2026-11-28 18:00", False),
        (WEEK, "2026-11-22 15:00", False),  # Sunday
        (WEEK, "2026-07-06 12:00", True),  # 8:00 in summer
        ("20:00-06:00 UTC", "2026-11-23 23:00", True),
        ("20:00-06:00 UTC", "2026-11-23 05:59", True),
        ("20:00-06:00 UTC", "2026-11-23 12:00", False),
        ("Fr 22:00-04:00 UTC", "2026-11-28 03:00", True),  # the night to Saturday
        ("Fr 22:00-04:00 UTC", "2026-11-27 03:00", False),
        ("Sa-Mo 00:00-23:59 UTC", "2026-11-22 12:00", True),
        ("Sa-Mo 00:00-23:59 UTC", "2026-11-24 12:00", False),
        ("00:00-00:00 UTC", "2026-11-24 12:00", True),
    ],
)
def test_when_someone_is_there(text: str, moment: str, there: bool) -> None:
    assert hours(text).open_at(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == there


@pytest.mark.parametrize(
    "text",
    ["", "Mo-Fr", "Mo-Fr 8-18 UTC", "Mo-Fr 08:00-18:00", "Xx 08:00-18:00 UTC", "08:00-25:00 UTC", "08:00-18:00 Mars/X",
     "08:00-18:00 ../etc", "Mo-Fr 08:00-18:00 America/"],
)  # fmt: skip
def test_anything_else_is_refused_saying_what_is_wanted(text: str) -> None:
    with pytest.raises(ValueError, match="Mo-Fr 08:00-18:00"):
        hours(text)
