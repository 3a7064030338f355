"""`flask responder webhooks`: what Twilio must call, whether it does, and making it so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click
from flask.cli import with_appcontext

from responder import account
from responder.cli import pack
from responder.settings import Settings

if TYPE_CHECKING:
    from twilio.rest import Client

_PATIENCE = 15.0
_LOGIN = " Check TWILIO_ACCOUNT_SID, TWILIO_API_KEY and TWILIO_API_SECRET."
_OVERRIDES = ("voice_application_sid", "sms_application_sid", "trunk_sid")
"""Fields of a number that, where set, make Twilio ignore its addresses."""

Wanted = dict[str, str]
"""Twilio's fields and what must stand in them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A number or a Messaging Service of the account."""

    name: str
    wanted: Wanted
    found: dict[str, Any]
    write: Callable[[Wanted], object]

    def wrong(self) -> Wanted:
        """What differs, as it must be."""
        return {field: value for field, value in self.wanted.items() if (self.found.get(field) or "") != value}

    def lines(self) -> Iterator[str]:
        """What an operator needs to know of it."""
        wrong = self.wrong()
        yield f"{self.name}: {'as it must be' if not wrong else 'differs'}"
        for field, value in wrong.items():
            yield f"  {field} is {self.found.get(field) or 'empty'}, must be {value}"
        for field in _OVERRIDES:
            if self.found.get(field):
                yield f"  {field} is set: Twilio ignores the addresses above. Clear it in the console."

    @property
    def right(self) -> bool:
        """Whether Twilio calls what it must call."""
        return not self.wrong() and not any(self.found.get(field) for field in _OVERRIDES)


@click.command()
@click.option("--check", is_flag=True, help="Compare with the account; exit code 1 if anything differs.")
@click.option("--set", "write", is_flag=True, help="Write them to the account.")
@click.option("--number", "numbers", multiple=True, help="Which number, such as +15551234567; can be given again.")
@with_appcontext
def webhooks(check: bool, write: bool, numbers: tuple[str, ...]) -> None:
    """Show the addresses Twilio must call, compare them with the account, or write them to it."""
    settings = pack.settings()
    if not settings.public_base_url:
        raise click.ClickException("Set PUBLIC_BASE_URL: the address under which Twilio calls this server.")
    if not (check or write):
        for field, value in number_fields(settings).items():
            click.echo(f"{field:22} {value}")
        return
    if not account.reachable(settings):
        raise click.ClickException("Set TWILIO_ACCOUNT_SID, and TWILIO_API_KEY with TWILIO_API_SECRET.")
    with _explained():
        places = _asked(settings, numbers, write)
        if write and _written(places):
            places = _asked(settings, numbers, write)
    for place in places:
        click.echo("\n".join(place.lines()))
    raise SystemExit(0 if all(place.right for place in places) else 1)


def number_fields(settings: Settings) -> Wanted:
    """The fields of a telephone number."""
    base, fallback = settings.public_base_url, settings.fallback_url
    wanted = {"voice_url": f"{base}/voice", "sms_url": f"{base}/sms", "status_callback": f"{base}/status"}
    wanted |= {"voice_method": "POST", "sms_method": "POST", "status_callback_method": "POST"}
    if fallback:
        wanted |= {"voice_fallback_url": f"{fallback}/voice.xml", "voice_fallback_method": "GET"}
        wanted |= {"sms_fallback_url": f"{fallback}/sms.xml", "sms_fallback_method": "GET"}
    return dict(sorted(wanted.items()))


def service_fields(settings: Settings) -> Wanted:
    """The fields of a Messaging Service: where it stands before a number, its own addresses count."""
    base, fallback = settings.public_base_url, settings.fallback_url
    wanted = {"inbound_request_url": f"{base}/sms", "inbound_method": "POST", "status_callback": f"{base}/status"}
    return wanted | ({"fallback_url": f"{fallback}/sms.xml", "fallback_method": "GET"} if fallback else {})


@contextmanager
def _explained() -> Iterator[None]:
    """What goes wrong on the way to Twilio, as a sentence."""
    import requests
    from twilio.base.exceptions import TwilioException, TwilioRestException

    try:
        yield
    except TwilioRestException as error:
        raise click.ClickException(f"Twilio refuses: error {error.code}, status {error.status}. {error.msg}") from None
    except TwilioException as error:  # of lists it keeps the answer instead
        status = next((one.status_code for one in error.args if hasattr(one, "status_code")), "unknown")
        raise click.ClickException(f"Twilio refuses: status {status}.{_LOGIN if status == 401 else ''}") from None
    except (requests.RequestException, ValueError) as error:
        raise click.ClickException(f"Twilio cannot be reached: {type(error).__name__}.") from None


def _written(places: list[Place]) -> bool:
    """Whether there was anything to write; now it is written."""
    wrong = [(place, fields) for place in places if (fields := place.wrong())]
    for place, fields in wrong:
        place.write(fields)
        click.echo(f"{place.name}: written: {', '.join(fields)}")
    return bool(wrong)


def _asked(settings: Settings, numbers: tuple[str, ...], write: bool) -> list[Place]:
    """The places meant. Raises ClickException, saying what to do, where the account has no such numbers."""
    places = list(_places(account.connect(settings, seconds=_PATIENCE), settings, numbers))
    named = [place.name for place in places]
    if missing := [number for number in numbers if number not in named]:
        raise click.ClickException(f"Not of this account: {', '.join(missing)}.")
    if not places:
        raise click.ClickException("The account has no number yet.")
    if write and not numbers and len([name for name in named if name.startswith("+")]) > 1:
        raise click.ClickException(f"Say which with --number: {', '.join(named)}.")
    return places


def _places(client: "Client", settings: Settings, numbers: tuple[str, ...]) -> Iterator[Place]:
    for one in client.incoming_phone_numbers.list():
        if not numbers or one.phone_number in numbers:
            write = client.incoming_phone_numbers(one.sid).update
            yield Place(one.phone_number, number_fields(settings), vars(one), _writer(write))
    if settings.messaging_service:
        context = client.messaging.v1.services(settings.messaging_service)
        found = vars(context.fetch())
        wanted = service_fields(settings)
        if found.get("use_inbound_webhook_on_number"):
            wanted = {"status_callback": wanted["status_callback"]}
        yield Place(settings.messaging_service, wanted, found, _writer(context.update))


def _writer(update: Callable[..., object]) -> Callable[[Wanted], object]:
    return lambda wanted: update(**wanted)
