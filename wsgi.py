"""What a WSGI server serves: `granian --interface wsgi wsgi:app`, `flask run`."""

from responder.app import create_app

app = create_app()
