"""Opening hours such as "Mo-Fr 08:00-18:00, Sa 09:00-12:00 America/New_York"."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

WANTED = 'hours such as "Mo-Fr 08:00-18:00, Sa 09:00-12:00 America/New_York"'
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "|".join(_DAYS)
_SPAN = re.compile(rf"(?:({_DAY})(?:-({_DAY}))? )?(\d\d):(\d\d)-(\d\d):(\d\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, on which days; one that ends before it begins goes on past midnight."""

    days: frozenset[int]
    """0 is Monday."""
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Hours:
    """When someone is there. Reads no clock: the moment is given."""

    spans: tuple[Span, ...]
    zone: ZoneInfo

    def open_at(self, moment: datetime) -> bool:
        """Whether someone is there; `moment` knows its time zone."""
        local = moment.astimezone(self.zone)
        return any(_within(span, local.weekday(), local.time()) for span in self.spans)


def hours(text: str) -> Hours:
    """The hours that `text` names. Raises ValueError, saying what is wanted."""
    spans, _, zone = text.strip().rpartition(" ")
    if "/" not in zone and zone != "UTC":
        raise ValueError(WANTED)
    try:
        return Hours(tuple(_span(one.strip()) for one in spans.split(",")), ZoneInfo(zone))
    except (OSError, ValueError, LookupError):  # ZoneInfo raises all three for names it does not know
        raise ValueError(WANTED) from None


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    first, last, *figures = found.groups()
    begins, ends = time(int(figures[0]), int(figures[1])), time(int(figures[2]), int(figures[3]))
    if first is None:
        return Span(frozenset(range(7)), begins, ends)
    start, stop = _DAYS.index(first), _DAYS.index(last or first)
    return Span(frozenset((start + step) % 7 for step in range((stop - start) % 7 + 1)), begins, ends)


def _within(span: Span, day: int, now: time) -> bool:
    if span.begins < span.ends:
        return day in span.days and span.begins <= now < span.ends
    return (day in span.days and now >= span.begins) or ((day - 1) % 7 in span.days and now < span.ends)
