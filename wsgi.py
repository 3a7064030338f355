"""What a WSGI server serves: `granian --interface wsgi wsgi:app`, `flask run`."""

from responder.app import create_app
from responder.errors import ResponderError
from responder.hangup import on_hangup

try:
    app = create_app()
except ResponderError as error:
    raise SystemExit(str(error)) from None

if served := app.extensions.get("responder.served"):
    on_hangup(served.reload_soon)
