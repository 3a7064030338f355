"""The content that is served, and taking newer content while people are answered."""

import gc
import logging
import threading
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from responder.engine import Engine
from responder.errors import ContentError
from responder.watch import Content, logs

log = logging.getLogger("responder.content")
_MOST = 20
"""Problems told in the log; `flask responder check` tells them all."""


class Served:
    """A WSGI application around the one that is made for the engine of the moment.

    Newer content gets an application of its own, which takes the other's place whole: a request goes on with the one
    it began with, so nothing in an application need know that content can change.
    """

    engine: Engine
    content: Content

    def __init__(
        self,
        load: Callable[[], Engine],
        last: Callable[[], Engine | None],
        make: Callable[[Engine], WSGIApplication],
        settled: Callable[[], object],
    ) -> None:
        """`load` gives the engine of the content as it is; `last` one that did check, for when `load` cannot.

        `settled` is called whenever it was settled anew what is served.
        """
        self._load, self._last, self._make, self._settled = load, last, make, settled
        self._reloading = threading.Lock()
        self._answer: WSGIApplication

    def start(self) -> None:
        """Takes the content as it is, or else the last that did check. Raises what is wrong where there is neither."""
        try:
            self._take(self._load())
        except Exception as error:
            engine = self._last()
            if engine is None:
                raise
            self._take(engine)
            self._refuse(error)
        gc.freeze()  # it stays for good: nobody need look for garbage in it
        self._settled()

    def reload(self) -> None:
        """Takes the content as it is now if it checks; otherwise keeps what is served, and the log says why."""
        with self._reloading:
            gc.unfreeze()  # what goes now may go
            try:
                self._take(self._load())
            except Exception as error:  # nothing that is wrong with new content may harm who is asking now
                self._refuse(error)
            gc.collect()
            gc.freeze()
            self._settled()

    def reload_soon(self) -> None:
        """The same in a thread of its own."""
        threading.Thread(target=self.reload, name="reload", daemon=True).start()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._answer(environ, start_response)

    def _take(self, engine: Engine) -> None:
        self._answer, self.engine = self._make(engine), engine
        self.content = Content(engine.catalog.version, refused=False)
        log.info("Content %s is served from now on.", self.content.version)

    def _refuse(self, error: Exception) -> None:
        self.content = Content(self.content.version, refused=True)
        problems = error.problems[:_MOST] if isinstance(error, ContentError) else (logs.failure(error), error)
        for problem in problems:  # words of the content, which is no secret
            log.error("Content refused: %s", problem)
        log.error("Content %s stays.", self.content.version)
