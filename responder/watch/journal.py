"""The journal, and a line in the log and a count in the metrics for every turn it is told of."""

from contextlib import suppress

import structlog

from responder.journal import Given, Journal, Options, Turn
from responder.watch.metrics import Metrics

_log = structlog.get_logger()


class Watched(Journal):
    """A journal that also tells operators how turns went. It never tells who, nor what was said."""

    def __init__(self, options: Options, metrics: Metrics) -> None:
        super().__init__(options)
        self._metrics = metrics

    def record(self, turn: Turn) -> Given:
        given = super().record(turn)
        if given is turn.given:  # else another thread was first, and told of it
            with suppress(Exception):  # whatever ails logs and metrics, the reply leaves
                self._tell(turn)
        return given

    def _tell(self, turn: Turn) -> None:
        reply, channel = turn.reply, turn.inquiry.channel
        self._metrics.turn(channel, reply.outcome, reply.level)
        _log.info(
            "turn",
            channel=channel,
            outcome=reply.outcome,
            level=reply.level,
            topic=reply.topic,
            milliseconds=None if turn.milliseconds is None else round(turn.milliseconds, 1),
            content=turn.version,
            segments=turn.segments,
        )
