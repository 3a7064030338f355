"""Text to Match: what a message is about, with its reasons."""

from responder.matching.matcher import Matcher, vocabulary

__all__ = ["Matcher", "vocabulary"]
