"""What only a call knows: keys, silence, repeating, the menu by keys, and how to go on after an answer."""

from responder.calls.calls import MAX_MISSES, MAX_SILENCES, Call
from responder.calls.wording import Wording

__all__ = ["MAX_MISSES", "MAX_SILENCES", "Call", "Wording"]
