"""Dashboard and alerts ask for metrics that exist, with labels and values that exist."""

import json
import re
from typing import get_args

import pytest
import yaml

from responder.app import create_app
from responder.settings import Settings
from responder.turn import CHANNELS, Outcome
from tests.server import BICYCLES, ROOT, Server

BOARD = json.loads((ROOT / "deploy/grafana-dashboard.json").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "deploy/alerts.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]
ASKED = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]] + [rule["expr"] for rule in RULES]
LABELS = {
    "channel": set(CHANNELS),
    "outcome": set(get_args(Outcome)),
    "level": {"none", "urgent", "emergency", "crisis"},
    "mode": {"starting", "writing", "spooling", "losing"},
    "fate": {"lost", "refused"},
}


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    instance = tmp_path_factory.mktemp("routes")
    app = create_app(Settings(mode="development", instance=instance, content=BICYCLES))
    return set(app.extensions["responder.served"]._answer.view_functions)


@pytest.mark.parametrize("asked", ASKED)
def test_it_asks_for_what_there_is(asked: str, server: Server, routes: set[str]) -> None:
    server.text("my brakes squeal")
    there = set(re.findall(r"^# TYPE (\w+)", server.get("/metrics")[1], re.MULTILINE))
    there |= {f"{name}{ending}" for name in there for ending in ("_bucket", "_count", "_sum")}
    there |= {"responder_delivery_errors_total"}  # as soon as there is one
    for name in re.findall(r"responder_\w+", asked):
        assert name in there
    for label, values in re.findall(r'(\w+)[!=]=?~?"([^"$]+)"', asked):
        if label in LABELS:
            assert set(values.split("|")) <= LABELS[label]
    for values in re.findall(r'route=~"([^"]+)"', asked):
        for value in values.split("|"):
            assert any(re.fullmatch(value, route) for route in routes), value


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_every_alert_says_what_is_wrong_and_what_to_do(rule: dict[str, dict[str, str]]) -> None:
    assert set(rule["annotations"]) == {"summary", "action"}
    assert rule["labels"]["severity"] in ("page", "warn", "info")
