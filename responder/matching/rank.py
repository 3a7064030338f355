"""From candidates to a decision: answer, ask, or an honest no."""

from collections.abc import Sequence

from responder.turn import Candidate, Match

MAX_OFFERED = 3
"""As many topics as one question back may name."""

CHANCE = 0.76
"""A message less likely than this to be for the line gets an honest no."""
NAMED = 0.4
"""It may be this unlikely where the best candidate is a condition that was called by its name."""
HEARD = 0.5
"""A heard one this likely is asked about instead: what the recogniser lost would have told more."""
LEAD = 0.06
"""With a smaller lead over the second, the best candidates are offered instead of told."""
FLOOR = 0.1
"""Where even the best candidate is less likely than this, nothing fits, however much the message is for this line."""
OFFER = 0.25
"""A candidate is offered if it is at least this likely beside the best one."""


def decide(candidates: tuple[Candidate, ...], chance: float, section: str | None, *, named: bool) -> Match:
    """The match of `candidates`, best first; `chance` is how likely the message is for this line at all.

    `named` says that something else shows it to be: it calls the best candidate, a condition, by its name, or a red
    flag fired.
    """
    if not candidates or candidates[0].score < FLOOR or chance < (NAMED if named else CHANCE):
        return Match("fallback", candidates, chance, section)
    best = candidates[0].score
    second = candidates[1].score if len(candidates) > 1 else 0.0
    if best - second >= LEAD * chance:
        return Match("answer", candidates, chance, section)
    offered = tuple(candidate for candidate in candidates[:MAX_OFFERED] if candidate.score >= OFFER * best)
    return Match("choice", offered, chance, section)


def in_doubt(found: Match) -> Match:
    """The same honest no, or a question back where a recogniser may have lost what would have told more."""
    if not found.candidates or found.chance < HEARD:
        return found
    return found._replace(decision="choice", candidates=found.candidates[:MAX_OFFERED])


def settle(topics: Sequence[str], section: str | None) -> Match:
    """The match of a text that the content itself names: one topic is told, several are offered, none is off topic."""
    if not topics:
        return Match("fallback", section=section)
    shared = tuple(Candidate(topic, 1 / len(topics)) for topic in topics[:MAX_OFFERED])
    return Match("answer" if len(topics) == 1 else "choice", shared, 1.0, section)
