"""The simulator page: what it is told, whom it is shown to, and that it works in a browser."""

import logging
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from responder.app import create_app
from responder.channels.simulator import HEADERS, why
from responder.reading import Token
from responder.settings import Settings

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update"]
PACK = Path(__file__).parent.parent / "packs" / "bicycles"
ROUTES = [
    ("GET", "/"),
    ("GET", "/simulator/simulator.css"),
    ("GET", "/simulator/simulator.js"),
    ("GET", "/simulator/icon.svg"),
    ("POST", "/simulator/new"),
    ("POST", "/simulator/explain"),
    ("POST", "/simulator/price"),
]


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings(mode="development", content=PACK))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def explain(client: FlaskClient, body: str, address: str = "/sms", **form: str) -> dict[str, Any]:
    form = {"Body": body, "SpeechResult": body, "FromCountry": "GB"} | form
    answer = client.post("/simulator/explain", json={"address": address, "form": form})
    assert answer.status_code == 200
    return answer.get_json()


def test_the_page_offers_the_packs_countries_languages_and_examples(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    for expected in ("Bike Trouble Line", "<option>NL</option>", '<option value="en">English<', "Flat tire"):
        assert expected in page
    assert "style=" not in page
    assert "<script>" not in page


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_has_the_security_headers(client: FlaskClient, method: str, path: str) -> None:
    with client.open(path, method=method, json={"text": "a", "address": "/sms", "form": {}}) as answer:
        assert answer.status_code in (200, 204)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("elsewhere", [{"X-Forwarded-For": "198.51.100.7"}, {"REMOTE_ADDR": "198.51.100.7"}])
def test_only_this_machine_sees_it(client: FlaskClient, method: str, path: str, elsewhere: dict[str, str]) -> None:
    address = {"environ_base": elsewhere} if "REMOTE_ADDR" in elsewhere else {"headers": elsewhere}
    assert client.open(path, method=method, json={}, **address).status_code == 403


@pytest.mark.parametrize("path", ["/simulator/explain", "/simulator/price", "/simulator/new"])
@pytest.mark.parametrize("body", ["", "[]", "{", '"x"'])
def test_malformed_requests_are_refused(client: FlaskClient, path: str, body: str) -> None:
    assert client.post(path, data=body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("values", [{}, {"address": 1, "form": {}}, {"address": "/sms", "form": {"Body": 1}}])
def test_a_turn_needs_an_address_and_a_form(client: FlaskClient, values: dict[str, Any]) -> None:
    assert client.post("/simulator/explain", json=values).status_code == 400
    assert client.post("/simulator/price", json={"text": 1}).status_code == 400


def test_the_explanation_tells_words_ideas_candidates_and_decision(client: FlaskClient) -> None:
    told = explain(client, "my brakes squeel")
    assert {"said": "squeel", "read": "squeal"} in told["words"]
    assert told["topic"] == "squeaky-brakes"
    assert told["title"] == "Squeaky brakes"
    assert told["candidates"][0]["topic"] == "squeaky-brakes"
    assert told["candidates"][0]["reasons"]
    assert told["decision"] == "One topic leads clearly, so it is told."
    assert told["text"].startswith("Brakes squeak when")
    assert told["remembered"] == {"language": "en", "topic": "squeaky-brakes"}


def test_the_explanation_tells_red_flags_that_fire_and_that_are_excused(client: FlaskClient) -> None:
    fired = explain(client, "i was hit by a car")
    assert (fired["level"], fired["flag"], fired["matched"]) == ("emergency", "crash", False)
    assert fired["flags"][0] == {"id": "crash", "level": "emergency", "excuse": None, "evidence": ["hit by a car"]}
    assert explain(client, "i was not hit by a car")["flags"][0]["excuse"] == "negated"


def test_explaining_changes_nothing_and_reads_what_the_webhook_will_read(client: FlaskClient) -> None:
    assert explain(client, "more")["outcome"] == "command"
    client.post("/sms", data={"Body": "flat tire"})
    for _ in range(2):
        assert explain(client, "more")["section"] == "symptoms"
    client.post("/simulator/new", json={"language": "en"})
    assert explain(client, "more")["topic"] is None


def test_a_call_carries_its_state_in_the_address(client: FlaskClient) -> None:
    told = explain(client, "", "/voice/turn?language=en&choices=flat-tire%2Csqueaky-brakes", Digits="2")
    assert (told["topic"], told["matched"]) == ("squeaky-brakes", False)
    assert explain(client, "", "/voice/turn?misses=2")["outcome"] == "silence"


@pytest.mark.parametrize(
    ("text", "encoding", "segments", "cents"),
    [("a" * 160, "GSM-7", 1, 0.83), ("a" * 161, "GSM-7", 2, 1.66), ("á" * 71, "UCS-2", 2, 1.66)],
)
def test_the_price_of_a_text(client: FlaskClient, text: str, encoding: str, segments: int, cents: float) -> None:
    told = client.post("/simulator/price", json={"text": text}).get_json()
    assert told["encoding"] == encoding
    assert told["segments"] == segments
    assert told["cents"] == cents
    assert told["costly"] == (["á (latin small letter a with acute)"] if encoding == "UCS-2" else [])


def test_words_read_from_one_word_stand_together() -> None:
    tokens = [Token(word, word, said, 0) for said, word in (("wont", "will"), ("wont", "not"), ("stop", "stop"))]
    assert why.words(tokens) == [{"said": "wont", "read": "will not"}, {"said": "stop", "read": "stop"}]


def test_nothing_that_was_sent_is_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        explain(client, "my zebra has squeaky brakes")
    assert "zebra" not in caplog.text


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The application on a free port."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(address: str) -> Iterator[Any]:
    """The simulator on a phone-sized screen; nothing may go wrong in its console."""
    if not shutil.which(CHROMIUM):
        pytest.skip(f"no browser: {CHROMIUM} is absent (apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="no browser: playwright is not installed")
    trouble: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
        page.set_default_timeout(10_000)
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(address)
        yield page
        browser.close()
    assert trouble == []


def test_a_person_can_text_and_call_on_a_phone(page: Any) -> None:
    said = page.locator("#texts .turn:not(.mine)")
    page.fill("#message", "my brakes <b>squeel</b>")
    page.press("#message", "Enter")
    said.nth(0).wait_for()
    assert "Brakes squeak when" in said.nth(0).inner_text()
    assert "GSM-7" in said.nth(0).inner_text()
    assert page.locator("#texts b").count() == 0
    assert page.evaluate("document.activeElement.id") == "message"
    said.nth(0).get_by_text("Why", exact=True).click()
    assert "squeel \u2192 squeal" in said.nth(0).inner_text()

    page.fill("#message", "i was hit by a car")
    page.press("#message", "Enter")
    said.nth(1).wait_for()
    assert "Emergency reply" in said.nth(1).inner_text()
    assert "999" in said.nth(1).inner_text()

    page.get_by_role("button", name="New conversation").click()
    said.nth(0).wait_for(state="detached")

    page.check("[value=call]")
    heard = page.locator("#call .turn:not(.mine)")
    page.click("#dial")
    heard.nth(0).wait_for()
    assert "dial 9 9 9" in heard.nth(0).inner_text()
    page.fill("#spoken", "flat tire")
    page.press("#spoken", "Enter")
    heard.nth(1).wait_for()
    assert "small hole in the tube" in heard.nth(1).inner_text()
    heard.nth(1).get_by_text("TwiML").click()
    assert "<Gather" in heard.nth(1).inner_text()
    page.click("#keys [value='7']")
    heard.nth(2).wait_for()
    for turn in (3, 4):
        page.get_by_role("button", name="Stay silent").click()
        heard.nth(turn).wait_for()
    assert "Goodbye" in heard.nth(4).inner_text()
    assert "The line hung up." in page.inner_text("#call")
    assert page.inner_text("#dial") == "Call"


def test_a_long_talk_scrolls_inside_the_telephone_and_not_the_page(page: Any) -> None:
    said = page.locator("#texts .turn:not(.mine)")
    for turn in range(8):
        page.fill("#message", ("my brakes squeal", "flat tire")[turn % 2])
        page.press("#message", "Enter")
        said.nth(turn).wait_for()
    assert page.evaluate("document.documentElement.scrollHeight") == 844


@pytest.mark.parametrize("mode", ["text", "call"])
def test_nothing_scrolls_sideways_on_the_smallest_phone(page: Any, mode: str) -> None:
    page.set_viewport_size({"width": 320, "height": 568})
    page.click("#settings summary")
    page.check(f"[value={mode}]")
    if mode == "call":
        page.click("#dial")
        page.locator("#call .turn").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
