"""What is around a text: opting out, first contact, limits, erasure, and messages that come twice."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from flask import Flask

from responder import carrier
from responder.app import create_app
from responder.channels import messaging
from responder.journal import Journal, Options
from responder.settings import Settings
from tests.channels.phone import Phone, overheard
from tests.channels.twilio_simulator import Call, Twilio
from tests.redis import redis_server

Make = Callable[..., Flask]
ROOT = Path(__file__).parents[2]
NUMBER = "+15551230001"


@pytest.fixture
def folder(open_app: Flask, tmp_path: Path) -> Path:
    """An instance folder in which the pack is compiled already."""
    settings: Settings = open_app.extensions["responder.settings"]
    for kept in settings.instance.glob("engine-*.pickle"):
        shutil.copy(kept, tmp_path)
    return tmp_path


@pytest.fixture
def make(folder: Path) -> Iterator[Make]:
    """Makes apps over one journal; each is a worker of its own."""
    made: list[Flask] = []

    def one(**settings: Any) -> Flask:
        app = create_app(
            Settings(mode="development", instance=folder, hash_keys=("key",), secret_key="secret", **settings)
        )
        made.append(app)
        wait_for(lambda: journal(app).state().mode != "starting")
        return app

    yield one
    for app in made:
        journal(app).stop()


def journal(app: Flask) -> Journal:
    found: Journal = app.extensions["responder.journal"]
    return found


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def settle(app: Flask) -> None:
    wait_for(lambda: journal(app).state().spooled_bytes == 0)


def rows(app: Flask, sender: str | None = None) -> list[dict[str, Any]]:
    settle(app)
    return list(journal(app).rows(sender=sender))


def number_for(*what: object) -> str:
    return f"+1555{crc32(repr(what).encode()) % 10_000_000:07}"


@pytest.mark.parametrize("word", sorted(carrier.STOP))
@pytest.mark.parametrize("form", ["{}", " {}\n"])
def test_twilios_stop_words_get_silence_and_are_remembered(open_app: Flask, word: str, form: str) -> None:
    number = number_for(word, form)
    person = Phone(open_app, number, "US")
    assert person.text(form.format(word.upper())) == ""
    assert journal(open_app).known("", number).opted_out
    assert person.text("leg cramp") == ""
    assert "Call 911" in person.text("i cant breathe")


@pytest.mark.parametrize("word", ["START", "yes", "Unstop"])
def test_twilios_start_words_bring_back(open_app: Flask, word: str) -> None:
    number = number_for(word)
    person = Phone(open_app, number)
    person.text("stop")
    assert person.text(word) == ""
    assert not journal(open_app).known("", number).opted_out
    assert person.text("leg cramp")


def test_an_opt_out_holds_in_other_workers_and_without_the_cookie(make: Make) -> None:
    one, other = make(), make()
    assert "START" in Phone(one, NUMBER).text("please stop texting me")
    settle(one)
    assert Phone(other, NUMBER).text("leg cramp") == ""
    assert Phone(other, f"whatsapp:{NUMBER}").text("leg cramp") == ""
    assert "welcome back" in Phone(other, f"whatsapp:{NUMBER}").text("start")


def test_an_opt_out_holds_by_the_cookie_where_the_database_does_not_answer(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make()
    person = Phone(app, NUMBER)
    person.know(out=True)  # as another worker left it
    monkeypatch.setattr(journal(app)._here().reader, "ask", lambda **_: None)
    assert person.text("leg cramp") == ""
    assert person.text("START") == ""
    assert person.text("leg cramp")


def test_help_names_brand_and_contact(make: Make) -> None:
    app = make(brand="Muscle Help", contact="help@example.org", privacy_url="https://example.org/privacy")
    person = Phone(app, f"whatsapp:{NUMBER}")
    said = person.text("HELP")
    assert said.startswith("Muscle Help: ")
    assert "help@example.org" in said
    assert "https://example.org/privacy" in person.text("privacy")
    assert person.text("STOP").startswith("Muscle Help: ")


def test_where_twilios_own_handling_is_off_the_line_answers_keywords(make: Make) -> None:
    person = Phone(make(own_keywords=True), NUMBER)
    assert "Not for emergencies" in person.text("HELP")
    assert "START" in person.text("STOP")
    assert person.text("leg cramp") == ""
    assert "welcome back" in person.text("START")
    assert person.text("STOP", OptOutType="STOP") == ""


def test_withheld_senders_are_nobody_in_particular(open_app: Flask) -> None:
    assert Phone(open_app, "anonymous").text("stop texting me")
    assert Phone(open_app, "anonymous").text("leg cramp")


def test_the_notice_comes_once_whatever_cookie_or_worker(make: Make) -> None:
    one, other = make(), make()
    person = Phone(one, NUMBER)
    assert "not for emergencies" in person.text("leg cramp")
    assert "not for emergencies" not in person.text("more")
    person.forget()
    assert "not for emergencies" not in person.text("leg cramp")
    settle(one)
    assert "not for emergencies" not in Phone(other, NUMBER).text("leg cramp")
    assert "not for emergencies" in Phone(other, "+15551230002").text("leg cramp")


def test_an_alarm_or_a_call_leaves_the_notice_for_the_next_text(make: Make) -> None:
    one, other = make(), make()
    assert "Automated" not in Phone(one, NUMBER).text("i cant breathe")
    Call(Twilio(one, "", "http://localhost"), caller=NUMBER).dial().speak("leg cramp")
    assert len(rows(one, NUMBER)) >= 2
    assert "Automated" in Phone(other, NUMBER).text("leg cramp")


def test_erasing_takes_all_rows_and_leaves_none_that_points_to_the_person(make: Make) -> None:
    app = make()
    person = Phone(app, NUMBER)
    person.text("leg cramp", MessageSid="SM1")
    person.text("qwertz uiop", MessageSid="SM2")
    assert len(rows(app, NUMBER)) == 2
    assert "erased" in person.text("delete my data", MessageSid="SM3")
    assert rows(app, NUMBER) == []
    assert [row["message_id"] for row in rows(app)] == ["SM3"]
    assert "Ask me first" in person.text("more")


def test_erasing_that_cannot_be_done_is_not_promised(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make()
    monkeypatch.setattr(Journal, "forget", lambda *_: False)
    said = Phone(app, NUMBER).text("delete my data")
    assert "something went wrong" in said
    assert "erased" not in said


def test_a_flood_falls_silent_and_emergencies_do_not(make: Make) -> None:
    person = Phone(make(replies_per_hour=3), NUMBER, "US")
    assert all(person.text(said) for said in ("leg cramp", "more", "more"))
    assert person.text("neck spasm") == ""
    assert all("911" in person.text("i cant breathe") for _ in range(5))
    assert person.text("neck spasm") == ""
    assert Phone(person.app, "+15551230003").text("neck spasm")


def test_a_loop_with_another_robot_ends(make: Make) -> None:
    person = Phone(make(), NUMBER)
    replies = [person.text("I am out of office") for _ in range(8)]
    assert replies[-1] == replies[-2] == ""
    assert sum(map(bool, replies)) <= 5
    assert person.text("leg cramp")


def test_silence_leaves_what_was_remembered(make: Make) -> None:
    person = Phone(make(replies_per_hour=2, same_replies=9), NUMBER)
    person.text("leg cramp")
    person.text("cramps")
    assert person.text("neck spasm") == ""
    dialogue = person.known()[messaging.DIALOGUE]
    assert isinstance(dialogue, dict)
    assert dialogue["topic"] == "leg-cramp"


@pytest.mark.parametrize(
    ("form", "headers"), [({"MessageSid": "SM9"}, {}), ({}, {"I-Twilio-Idempotency-Token": "3f2c"})]
)
def test_a_retry_gets_the_same_reply_and_counts_once(
    make: Make, form: dict[str, str], headers: dict[str, str]
) -> None:
    app = make(replies_per_hour=2)
    sent = {"Body": "leg cramp", "From": NUMBER, **form}
    with overheard(app) as replies:
        answers = {app.test_client().post("/sms", data=sent, headers=headers).data for _ in range(4)}
    assert len(answers) == 1
    assert len(replies) == 1
    assert len(rows(app)) == 1
    assert Phone(app, NUMBER).text("neck spasm")


def test_a_token_never_passes_for_another_messages_number(make: Make) -> None:
    client = make().test_client()
    first = client.post("/sms", data={"Body": "leg cramp", "From": NUMBER, "MessageSid": "SM1"}).data
    forged = {"I-Twilio-Idempotency-Token": "SM1"}
    assert client.post("/sms", data={"Body": "eyelid", "From": NUMBER}, headers=forged).data != first


def test_threads_that_race_answer_once(make: Make) -> None:
    app = make()
    start = threading.Barrier(8)
    answers = set()

    def send() -> None:
        client = app.test_client()
        start.wait()
        answers.add(client.post("/sms", data={"Body": "leg cramp", "From": NUMBER, "MessageSid": "SM1"}).data)

    with overheard(app) as replies:
        threads = [threading.Thread(target=send) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(answers) == 1
    assert len(replies) == 1


@pytest.mark.parametrize("redis", [False, True], ids=["alone", "redis"])
def test_two_processes_that_race_say_the_same_and_count_once(folder: Path, redis: bool) -> None:
    if not redis:
        _race(folder, "")
        return
    with redis_server() as address:
        _race(folder, address)


def _race(folder: Path, redis: str) -> None:
    command = [sys.executable, "-m", "tests.channels.answer", str(folder), redis]
    workers = [
        subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)
    ]
    for worker in workers:
        assert _line(worker, "ready")
    asked = ["leg cramp", "why does my eyelid twitch", "cramps", "qwertz", "menu", "STOP it hurts", "hello", "tic"]
    for number, body in enumerate(asked):
        message = json.dumps({"Body": body, "From": f"+1555123{number:04}", "MessageSid": f"SM{number}"}) + "\n"
        for worker in workers:
            assert worker.stdin
            worker.stdin.write(message)
            worker.stdin.flush()
        first, second = (_line(worker, '"') for worker in workers)
        assert first == second
        assert "<Message>" in first
    for worker in workers:
        worker.communicate(timeout=30)
    kept = Journal(Options(folder, hash_keys=("key",)))
    assert sorted(row["message_id"] for row in kept.rows()) == sorted(f"SM{number}" for number in range(len(asked)))


def _line(worker: "subprocess.Popen[str]", begins: str) -> str:
    """The next line that begins so; logs go by."""
    assert worker.stdout
    return next((line for line in worker.stdout if line.startswith(begins)), "")
