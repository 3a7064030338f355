"""The server, but every answer takes its time."""

import time
from typing import Any

from wsgi import app

_respond = app.extensions["responder.engine"].respond


def _slowly(*arguments: Any) -> Any:
    time.sleep(4)
    return _respond(*arguments)


app.extensions["responder.engine"].respond = _slowly
