"""The factory: settings -> journal -> catalog -> engine -> blueprints."""

import logging
import secrets

import click
from flask import Flask, Response, request
from flask.cli import ScriptInfo
from flask.helpers import get_debug_flag
from werkzeug.exceptions import HTTPException

from responder.channels import messaging, status, trouble, voice
from responder.channels.cookie import Cookie
from responder.channels.signature import MAX_BODY, Signature
from responder.cli import commands
from responder.compiled import compiled_apart, last_compiled
from responder.engine import Engine
from responder.errors import SettingsError
from responder.journal import Journal, Options
from responder.limits import Limits
from responder.limits import Options as LimitOptions
from responder.served import Served
from responder.settings import Settings
from responder.turn import About
from responder.watch import Metrics, Watched, follow, guard, logs, pages

log = logging.getLogger("responder")


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Raises SettingsError or ContentError, saying what to do, rather than start half-way."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None)
    app.extensions["responder.settings"] = settings
    app.cli.add_command(commands)
    if _serving():
        settings.check_serving()
        if get_debug_flag() and not settings.development:
            raise SettingsError("Unset FLASK_DEBUG: in production it would show the code to who asks.")
        _serve(app, settings)
    else:
        app.extensions["responder.journal"] = Journal(_kept(settings))
    return app


def _kept(settings: Settings) -> Options:
    days = (settings.keep_text_days, settings.keep_rows_days)
    return Options(settings.instance, settings.database, settings.hash_keys, *days)


def _rules(settings: Settings) -> messaging.Rules:
    limits = Limits(LimitOptions(settings.replies_per_hour, settings.same_replies, settings.redis_url))
    about = About(settings.brand, settings.contact, settings.privacy_url)
    return messaging.Rules(limits, about, own_keywords=settings.own_keywords)


def _serve(app: Flask, settings: Settings) -> None:
    """Starts what all content shares, then the application of the content there is. Newer content gets its own."""
    logs.configure(development=settings.development)
    metrics = Metrics.here(settings.instance / "metrics")
    journal = Watched(_kept(settings), metrics)
    signature = Signature(settings)
    rules = _rules(settings)
    services = voice.Services.of(settings, journal)
    https = settings.public_base_url.startswith("https")
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.session_interface = Cookie(settings.secret_key or secrets.token_hex(), https=https)
    app.extensions["responder.journal"] = journal
    app.extensions["responder.metrics"] = metrics

    def made(engine: Engine) -> Flask:
        inner = Flask(__name__, static_folder=None)
        inner.config.update(app.config)
        inner.session_interface = app.session_interface
        follow(inner, metrics)
        guard(inner, https=https)
        inner.register_blueprint(messaging.blueprint(engine, signature, journal, rules))
        inner.register_blueprint(voice.blueprint(engine, signature, services))
        inner.register_blueprint(status.blueprint(signature, metrics))
        if settings.development:
            from responder.channels import simulator

            inner.register_blueprint(simulator.blueprint(engine, signature))
        inner.register_blueprint(pages(settings, served, journal, metrics))
        _survive(inner, engine)
        return inner

    def settled() -> None:
        metrics.content(served.content.version, refused=served.content.refused)
        app.extensions["responder.engine"] = served.engine

    content = (settings.content, settings.instance, settings.reviewed_only)
    served = Served(
        load=lambda: compiled_apart(*content),
        last=lambda: None if settings.development else last_compiled(*content),
        make=made,
        settled=settled,
    )
    served.start()
    journal.start()  # last: connecting takes longer than all before it, and replies do not wait for it
    app.wsgi_app = served  # type: ignore[method-assign]
    app.extensions["responder.served"] = served
    metrics.look_at(journal)
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
        log.error("%s at %s while answering %s", *logs.failure(error).values(), request.endpoint)
        return trouble.twiml(engine.catalog, request)
