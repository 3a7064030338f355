"""The factory: settings -> catalog -> engine -> blueprints."""

import logging
import secrets

import click
from flask import Flask, Response, request
from flask.cli import ScriptInfo
from werkzeug.exceptions import HTTPException

from responder.channels import messaging, simulator, trouble, voice
from responder.channels.signature import MAX_BODY, Signature
from responder.cli import commands
from responder.compiled import compiled
from responder.engine import Engine
from responder.journal import Journal, Options
from responder.settings import Settings

log = logging.getLogger("responder")


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Raises SettingsError or ContentError, saying what to do, rather than start half-way."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__)
    app.extensions["responder.settings"] = settings
    app.extensions["responder.journal"] = _journal(settings)
    app.cli.add_command(commands)
    if _serving():
        settings.check_serving()
        _serve(app, settings)
    return app


def _journal(settings: Settings) -> Journal:
    days = (settings.keep_text_days, settings.keep_rows_days)
    return Journal(Options(settings.instance, settings.database, settings.hash_keys, *days))


def _serve(app: Flask, settings: Settings) -> None:
    journal: Journal = app.extensions["responder.journal"]
    journal.start()  # first: it connects while the content loads
    engine = compiled(settings.content, settings.instance, settings.reviewed_only)
    app.config.update(
        SECRET_KEY=settings.secret_key or secrets.token_hex(),
        MAX_CONTENT_LENGTH=MAX_BODY,
        SESSION_COOKIE_NAME="responder",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.public_base_url.startswith("https"),
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.extensions["responder.engine"] = engine
    signature = Signature(settings)
    app.register_blueprint(messaging.blueprint(engine, signature, journal))
    app.register_blueprint(voice.blueprint(engine, signature, journal))
    if settings.development:
        app.register_blueprint(simulator.blueprint(engine, signature))
    app.add_url_rule("/healthz", "healthz", lambda: {"status": "ok", "content": engine.catalog.version})
    _survive(app, engine)
    if settings.development and not settings.auth_tokens:
        log.warning("Development mode without a Twilio token: only requests from this machine are served.")


def _serving() -> bool:
    """Whether a server is being started, rather than a command in the terminal: those must work on broken content."""
    context = click.get_current_context(silent=True)
    # Servers such as granian have a click context of their own; Flask's commands alone bring a ScriptInfo.
    return context is None or context.find_object(ScriptInfo) is None or context.info_name == "run"


def _survive(app: Flask, engine: Engine) -> None:
    """Whatever goes wrong in a webhook, Twilio gets valid TwiML; the log gets the kind of error and no words."""

    @app.errorhandler(Exception)
    def sorry(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
        log.error("%s at %s while answering %s", type(error).__name__, where, request.path)
        return trouble.twiml(engine.catalog, request)
