"""Delivery reports are counted by code, and nothing of them is kept."""

import logging

import pytest
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

from tests.channels.conftest import BASE, TOKEN

REPORT = {"MessageSid": "SM1", "To": "+15551234567", "From": "+15005550006", "AccountSid": "AC1"}


@pytest.fixture
def client(signed_app) -> FlaskClient:
    return signed_app.test_client()


def report(client: FlaskClient, token: str = TOKEN, **form: str) -> int:
    form = {**REPORT, **form}
    signature = RequestValidator(token).compute_signature(f"{BASE}/status", form)
    answer = client.post("/status", data=form, headers={"X-Twilio-Signature": signature}, base_url=BASE)
    assert answer.data == b"" or answer.status_code != 204
    return answer.status_code


def counted(client: FlaskClient, code: str) -> float:
    page = client.get("/metrics").get_data(as_text=True)
    found = [row for row in page.splitlines() if row.startswith(f'responder_delivery_errors_total{{code="{code}"')]
    return float(found[0].rsplit(" ", 1)[1]) if found else 0.0


@pytest.mark.parametrize("status", ["failed", "undelivered"])
def test_a_text_that_did_not_arrive_is_counted_by_its_code(
    client: FlaskClient, status: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = counted(client, "30006")
    with caplog.at_level(logging.DEBUG):
        assert report(client, MessageStatus=status, ErrorCode="30006") == 204
    assert counted(client, "30006") == before + 1
    assert "30006" in caplog.text
    assert "555" not in caplog.text


@pytest.mark.parametrize("form", [{"MessageStatus": "delivered"}, {"MessageStatus": "sent"}, {"CallStatus": "failed"}])
def test_all_other_reports_count_nothing(client: FlaskClient, form: dict[str, str]) -> None:
    before = counted(client, "30007")
    assert report(client, ErrorCode="30007", **form) == 204
    assert counted(client, "30007") == before


def test_an_odd_code_is_no_label_of_its_own(client: FlaskClient) -> None:
    before = counted(client, "other")
    assert report(client, MessageStatus="failed", ErrorCode='3"} 1\n') == 204
    assert counted(client, "other") == before + 1


def test_only_twilio_may_report(client: FlaskClient) -> None:
    assert report(client, token="wrong", MessageStatus="failed", ErrorCode="30006") == 403
