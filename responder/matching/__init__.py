"""Text to Match: what a message is about, with its reasons."""

from responder.matching.matcher import Matcher, vocabulary
from responder.matching.sections import Sections

__all__ = ["Matcher", "Sections", "vocabulary"]
