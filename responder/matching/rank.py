"""From candidates to a decision: answer, ask, or an honest no."""

from responder.turn import Candidate, Match

CHANCE = 0.84
"""A message less likely than this to be for the line gets an honest no."""
NAMED = 0.35
"""It may be this unlikely where the best candidate is a condition that was called by its name."""
LEAD = 0.05
"""With a smaller lead over the second, the best candidates are offered instead of told."""
OFFER = 0.3
"""A candidate is offered if it is at least this likely beside the best one."""


def decide(candidates: tuple[Candidate, ...], chance: float, section: str | None, *, named: bool) -> Match:
    """The match of `candidates`, best first; `chance` is how likely the message is for this line at all.

    `named` says that the message calls the best candidate, a condition, by its name.
    """
    if not candidates or chance < (NAMED if named else CHANCE):
        return Match("fallback", candidates, chance, section)
    best = candidates[0].score
    second = candidates[1].score if len(candidates) > 1 else 0.0
    if best - second >= LEAD * chance:
        return Match("answer", candidates, chance, section)
    offered = tuple(candidate for candidate in candidates[:3] if candidate.score >= OFFER * best)
    return Match("choice", offered, chance, section)
