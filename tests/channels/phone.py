"""A telephone that texts the line through its webhook, as Twilio passes its messages on."""

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree

import pytest
from flask import Flask

from responder.journal import Journal, Turn
from responder.turn import Reply

LINE = "+15550009999"


class Phone:
    """One person texting the line. Cookies are kept for the pair of numbers."""

    def __init__(self, app: Flask, number: str, country: str | None = None) -> None:
        self.app, self.number, self._country = app, number, country
        self._jar = app.test_client()

    def text(self, body: str, **more: str) -> str:
        """Sends a text; what comes back, or nothing."""
        form = {"From": self.number, "To": LINE, "Body": body, "NumMedia": "0", **more}
        answer = self._jar.post("/sms", data=form | ({"FromCountry": self._country} if self._country else {}))
        assert answer.status_code == 200
        root = ElementTree.fromstring(answer.data)
        assert root.tag == "Response"
        assert len(root) <= 1
        return (root[0].text or "") if len(root) else ""

    def forget(self) -> None:
        """Four hours go by: the cookies are gone."""
        self._jar = self.app.test_client()

    def know(self, **session: object) -> None:
        """Sets what the cookie holds."""
        with self._jar.session_transaction() as cookie:
            cookie.update(session)

    def known(self) -> dict[str, object]:
        """What the cookie holds."""
        with self._jar.session_transaction() as cookie:
            return dict(cookie)


@contextmanager
def overheard(app: Flask) -> Iterator[list[Reply]]:
    """The replies behind the documents, in order."""
    replies: list[Reply] = []
    journal: Journal = app.extensions["responder.journal"]
    record = journal.record

    def listen(turn: Turn) -> object:
        replies.append(turn.reply)
        return record(turn)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "record", listen)
        yield replies
