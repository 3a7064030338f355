"""`flask responder webhooks` against a local server that speaks Twilio's API, and `fallback-twiml`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import Result
from flask import Flask
from lxml import etree

from responder.cli.fallback import fallback
from responder.cli.webhooks import webhooks
from responder.settings import Settings
from tests.channels.twilio_api import ACCOUNT, KEY, SECRET, SERVICE, Api, api

__all__ = ["api"]
BASE = "https://line.example.org"
LOGIN = {"account_sid": ACCOUNT, "api_key": KEY, "api_secret": SECRET}
ONE, TWO = "+15005550006", "+15005550007"

Ask = Callable[..., Result]


def ask(*arguments: str, **chosen: Any) -> Result:
    app = Flask("operators")
    app.extensions["responder.settings"] = Settings(**({"public_base_url": BASE, **LOGIN} | chosen))
    return app.test_cli_runner().invoke(webhooks, list(arguments))


def test_it_shows_the_exact_addresses_and_methods() -> None:
    shown = ask(fallback_url="https://static.example.org/line").output
    rows = [line.split() for line in shown.splitlines()]
    assert ["voice_url", f"{BASE}/voice"] in rows
    assert ["sms_url", f"{BASE}/sms"] in rows
    assert ["status_callback", f"{BASE}/status"] in rows
    assert ["voice_method", "POST"] in rows
    assert ["voice_fallback_url", "https://static.example.org/line/voice.xml"] in rows


def test_without_an_address_or_an_account_it_says_what_to_set(api: Api) -> None:
    assert "Set PUBLIC_BASE_URL" in ask(public_base_url="").output
    assert "Set TWILIO_ACCOUNT_SID" in ask("--check", account_sid="").output
    assert api.asked == []


def test_what_differs_is_told_then_written_and_then_right(api: Api) -> None:
    api.add_number(ONE, sms_url="https://demo.twilio.com/welcome", sms_method="GET", voice_url="")
    found = ask("--check")
    assert found.exit_code == 1
    assert f"sms_url is https://demo.twilio.com/welcome, must be {BASE}/sms" in found.output
    assert f"voice_url is empty, must be {BASE}/voice" in found.output
    written = ask("--set")
    assert written.exit_code == 0
    assert f"{ONE}: as it must be" in written.output
    assert (api.numbers[0]["voice_url"], api.numbers[0]["sms_method"]) == (f"{BASE}/voice", "POST")
    assert ask("--check").exit_code == 0
    before = len(api.asked)
    assert ask("--set").exit_code == 0
    assert not any(one.startswith("POST") for one in api.asked[before:]), "nothing is written where nothing differs"


def test_of_several_numbers_it_writes_only_the_one_that_is_named(api: Api) -> None:
    api.add_number(ONE)
    api.add_number(TWO, voice_url="https://other.example.org/theirs")
    refused = ask("--set")
    assert refused.exit_code == 1
    assert f"Say which with --number: {ONE}, {TWO}." in refused.output
    assert ask("--set", "--number", ONE).exit_code == 0
    assert api.numbers[1]["voice_url"] == "https://other.example.org/theirs"
    assert "Not of this account: +15550000000." in ask("--check", "--number", "+15550000000").output


def test_what_overrides_the_addresses_is_told(api: Api) -> None:
    api.add_number(ONE, voice_application_sid="AP" + "4" * 32)
    found = ask("--set")
    assert found.exit_code == 1
    assert "voice_application_sid is set" in found.output


@pytest.mark.parametrize("own", [False, True])
def test_the_messaging_service_is_set_too(api: Api, own: bool) -> None:
    api.add_number(ONE)
    api.service["use_inbound_webhook_on_number"] = own
    assert ask("--set", messaging_service=SERVICE).exit_code == 0
    assert api.service["status_callback"] == f"{BASE}/status"
    assert api.service.get("inbound_request_url") == (None if own else f"{BASE}/sms")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (20003, "Twilio refuses: status 400"),
        (429, "status 429"),
        ("drop", "cannot be reached"),
        ("garbage", "cannot be reached"),
    ],
)
def test_what_goes_wrong_is_a_sentence(api: Api, trouble: int | str, said: str) -> None:
    api.add_number(ONE)
    api.troubles = [trouble]
    found = ask("--check")
    assert found.exit_code == 1
    assert said in found.output
    assert "Traceback" not in found.output


def test_a_wrong_login_is_told(api: Api) -> None:
    found = ask("--check", api_secret="wrong")
    assert "status 401. Check TWILIO_ACCOUNT_SID" in found.output


def test_an_account_without_a_number_is_told(api: Api) -> None:
    assert "no number yet" in ask("--check").output


def static(*arguments: str) -> Result:
    app = Flask("operators")
    app.extensions["responder.settings"] = Settings()
    return app.test_cli_runner().invoke(fallback, list(arguments))


def test_the_fallback_for_calls_speaks_every_language_and_hangs_up(shared: Callable[[str], Path]) -> None:
    printed = static("voice").output
    document = ElementTree.fromstring(printed)
    assert [verb.tag for verb in document] == ["Say", "Say", "Hangup"]
    assert [say.get("language") for say in document.iter("Say")] == ["en-US", "es-US"]
    assert "1 1 2, 9 1 1 or 9 9 9" in "".join(document.itertext())
    etree.XMLSchema(etree.parse(shared("twilio/voice.xsd"))).assertValid(etree.fromstring(printed.encode()))


def test_the_fallback_for_texts_is_one_message(tmp_path: Path) -> None:
    assert static("--to", str(tmp_path)).exit_code == 0
    (message,) = ElementTree.parse(tmp_path / "sms.xml").getroot()
    assert message.tag == "Message"
    assert len(message.text or "") < 1600


def test_both_are_written_to_a_folder(tmp_path: Path) -> None:
    assert static("--to", str(tmp_path / "static")).exit_code == 0
    assert sorted(path.name for path in (tmp_path / "static").iterdir()) == ["sms.xml", "voice.xml"]
