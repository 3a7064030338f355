"""What was asked and answered: one row a turn, nothing lost, nothing blocked, nobody's secrets kept."""

from responder.journal.entry import Given, Turn
from responder.journal.journal import Journal
from responder.journal.model import Known, Options, State
from responder.journal.redact import redact

__all__ = ["Given", "Journal", "Known", "Options", "State", "Turn", "redact"]
