"""What operators see of a running server: logs, metrics, health. Never a word that was sent, never a number."""

from responder.watch import logs
from responder.watch.headers import guard
from responder.watch.journal import Watched
from responder.watch.metrics import Metrics
from responder.watch.pages import Content, pages
from responder.watch.requests import follow

__all__ = ["Content", "Metrics", "Watched", "follow", "guard", "logs", "pages"]
