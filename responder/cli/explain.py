"""An explanation as text: what the engine read, weighed and decided."""

from responder.engine import Explanation


def explained(seen: Explanation) -> str:
    """A few lines a person can follow from the words to the decision."""
    lines = [f"language   {seen.language}"]
    lines.append("words      " + " ".join(_token(token.said, token.word) for token in seen.tokens))
    lines.append("ideas      " + " ".join(seen.ideas))
    for finding in seen.findings:
        verdict = f"excused: {finding.excuse}" if finding.excuse else "fires"
        lines.append(f"red flag   {finding.flag} ({finding.level}) {verdict}: {', '.join(finding.evidence)}")
    match = seen.match
    lines.append(f"decision   {match.decision}, for this line {match.chance:.2f}, margin {match.margin:.2f}")
    if match.section:
        lines.append(f"section    {match.section}")
    for candidate in match.candidates[:4]:
        reasons = ", ".join(f"{name} {weight:+.2f}" for name, weight in seen.reasons.get(candidate.topic, ())[:6])
        lines.append(f"{candidate.score:9.3f}  {candidate.topic}: {reasons}")
    return "\n".join(lines)


def _token(said: str, word: str) -> str:
    return word if said == word else f"{said}>{word}"
