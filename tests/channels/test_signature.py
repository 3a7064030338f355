"""Only Twilio gets in: its own validator signs, a proxy stands between, and any changed byte is refused."""

from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

from responder.app import create_app
from responder.settings import Settings
from tests.conftest import BASE, TOKEN

FORM = {"Body": "my calf cramps at night ", "From": "+15551234567", "FromCountry": "US", "To": "+15550001111"}
QUERIES = ["", "it%27s=1", "a=caf%C3%A9", "a=1%7C2", "a=1&a=2", "empty=", "plus=a+b", "a=%2F%3F"]
PROXIED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "evil.example.net",
    "Host": "10.1.2.3:8000",
}


def _post(
    client: FlaskClient, path: str = "/sms", query: str = "", form: dict[str, str] = FORM, signature: str | None = None
) -> int:
    url = BASE + path + (f"?{query}" if query else "")
    if signature is None:
        signature = RequestValidator(TOKEN).compute_signature(url, form)
    headers = {**PROXIED, "X-Twilio-Signature": signature}
    return client.post(path + (f"?{query}" if query else ""), data=form, headers=headers).status_code


@pytest.fixture
def twilio(signed_app: Flask) -> FlaskClient:
    return signed_app.test_client()


@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/turn"])
@pytest.mark.parametrize("query", QUERIES)
def test_a_genuine_request_passes_behind_a_proxy(twilio: FlaskClient, path: str, query: str) -> None:
    assert _post(twilio, path, query) == 200


@pytest.mark.parametrize("path", ["/sms", "/voice", "/voice/turn"])
def test_without_a_signature_nothing_passes(twilio: FlaskClient, path: str) -> None:
    assert twilio.post(path, data=FORM).status_code == 403


def test_any_changed_byte_of_the_signature_is_refused(twilio: FlaskClient) -> None:
    right = RequestValidator(TOKEN).compute_signature(f"{BASE}/sms", FORM)
    for place in range(len(right) - 1):
        wrong = right[:place] + ("A" if right[place] != "A" else "B") + right[place + 1 :]
        assert _post(twilio, signature=wrong) == 403


@pytest.mark.parametrize("name", sorted(FORM))
def test_any_changed_parameter_is_refused(twilio: FlaskClient, name: str) -> None:
    right = RequestValidator(TOKEN).compute_signature(f"{BASE}/sms", FORM)
    assert _post(twilio, form={**FORM, name: FORM[name] + "x"}, signature=right) == 403
    assert _post(twilio, form={**FORM, name: FORM[name].strip()[:-1]}, signature=right) == 403


def test_an_added_parameter_or_a_changed_address_is_refused(twilio: FlaskClient) -> None:
    right = RequestValidator(TOKEN).compute_signature(f"{BASE}/sms", FORM)
    assert _post(twilio, form={**FORM, "Extra": "1"}, signature=right) == 403
    assert _post(twilio, query="a=1", signature=right) == 403
    assert _post(twilio, path="/voice", signature=right) == 403
    elsewhere = RequestValidator(TOKEN).compute_signature("https://evil.example.net/sms", FORM)
    assert _post(twilio, signature=elsewhere) == 403


def test_the_next_token_passes_while_rotating_and_a_third_does_not(twilio: FlaskClient) -> None:
    for token, status in (("next", 200), ("third", 403)):
        signature = RequestValidator(token).compute_signature(f"{BASE}/sms", FORM)
        assert _post(twilio, signature=signature) == status


@pytest.mark.parametrize("signature", ["", "é", "\x7f", "=" * 5000])
def test_odd_signatures_are_refused_not_failed_on(twilio: FlaskClient, signature: str) -> None:
    assert _post(twilio, signature=signature) == 403


def test_a_refused_request_does_nothing(twilio: FlaskClient) -> None:
    answer = twilio.post("/sms", data=FORM)
    assert "Set-Cookie" not in answer.headers
    assert b"Message" not in answer.data


def test_a_body_over_64_kb_is_refused(twilio: FlaskClient) -> None:
    assert twilio.post(
        "/sms", data=urlencode({"Body": "x" * 70_000}), content_type="application/x-www-form-urlencoded"
    ).status_code in (403, 413)
    assert _post(twilio, form={"Body": "x" * 70_000}) == 413


def test_get_is_not_answered(twilio: FlaskClient) -> None:
    assert twilio.get("/sms").status_code == 405


class TestWithoutToken:
    def test_this_machine_is_served(self, client: FlaskClient) -> None:
        assert client.post("/sms", data=FORM).status_code == 200

    @pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "", "nonsense"])
    def test_no_other_machine_is(self, client: FlaskClient, address: str) -> None:
        assert client.post("/sms", data=FORM, environ_base={"REMOTE_ADDR": address}).status_code == 403

    @pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-Ip"])
    def test_nor_anyone_through_a_proxy_or_tunnel(self, client: FlaskClient, header: str) -> None:
        assert client.post("/sms", data=FORM, headers={header: "x"}).status_code == 403


def test_a_token_in_development_still_asks_for_signatures() -> None:
    app = create_app(Settings(mode="development", auth_tokens=(TOKEN,), public_base_url=BASE))
    assert app.test_client().post("/sms", data=FORM).status_code == 403
