"""What is in deploy/ fits the program: settings exist, flags are those of `make serve`, files are there."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from responder.settings import Settings

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
SETTINGS = {one.metadata["name"] for one in fields(Settings)}
NOT_OURS = {
    "WEB_CONCURRENCY",
    "PORT",
    "MALLOC_ARENA_MAX",
    "PROMETHEUS_MULTIPROC_DIR",
    "PYTHONUNBUFFERED",
    "PYTHONDONTWRITEBYTECODE",
}
FLAGS = re.compile(r"--(?:interface|http|blocking-threads|respawn-failed-workers|workers-kill-timeout)(?: (?!--)\w+)?")


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def documents(name: str) -> list[Any]:
    return list(yaml.safe_load_all(read(name)))


def serve_flags() -> list[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return FLAGS.findall(makefile.partition("serve:")[2].partition("wsgi:app")[0])


@pytest.mark.parametrize("name", ["start.sh", "responder.service"])
def test_the_server_is_started_as_by_make_serve(name: str) -> None:
    assert FLAGS.findall(read(name)) == serve_flags() != []


def named() -> set[str]:
    compose = documents("compose.yaml")[0]["services"]["responder"]["environment"]
    (pods,) = (one for one in documents("kubernetes.yaml") if one["kind"] == "StatefulSet")
    (container,) = pods["spec"]["template"]["spec"]["containers"]
    return {
        *compose,
        *(one["name"] for one in container["env"]),
        *re.findall(r"--from-literal=(\w+)", read("kubernetes.yaml")),
        *re.findall(r"^ENV (\w+)", read("Dockerfile"), re.MULTILINE),
        *re.findall(r"(?<=[ =])([A-Z_]+)=", "\n".join(re.findall(r"^Environment=.*", read("responder.service"), re.M))),
        *re.findall(r"`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`", read("README.md")),
    }


@pytest.mark.parametrize("name", sorted(named()))
def test_only_settings_that_exist_are_named(name: str) -> None:
    assert name.removesuffix("_FILE") in SETTINGS | NOT_OURS


def test_the_image_is_made_of_files_that_exist_and_are_let_in() -> None:
    copied = re.findall(r"^COPY (?!--)(\S+)", read("Dockerfile"), re.MULTILINE)
    let_in = re.findall(r"^!(\S+)", read("Dockerfile.dockerignore"), re.MULTILINE)
    assert sorted(copied) == sorted(let_in)
    assert all((ROOT / name).exists() for name in copied)


def test_nothing_runs_as_root() -> None:
    assert re.findall(r"^USER (\d+)$", read("Dockerfile"), re.MULTILINE) == ["10001"]
    assert "DynamicUser=yes" in read("responder.service")
    assert "runAsNonRoot: true" in read("kubernetes.yaml")
