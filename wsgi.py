"""What a WSGI server serves: `granian --interface wsgi wsgi:app`, `flask run`."""

from threading import Event

from responder.app import create_app
from responder.errors import ResponderError
from responder.hangup import on_hangup

hung_up = Event()
on_hangup(hung_up.set)  # while it starts there is nothing to reload yet; unheard, the signal would end the process

try:
    app = create_app()
except ResponderError as error:
    raise SystemExit(str(error)) from None

if served := app.extensions.get("responder.served"):
    on_hangup(served.reload_soon)
    if hung_up.is_set():
        served.reload_soon()
