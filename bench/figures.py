"""Print the figures of docs/understanding.md: how well messages are understood that the content does not hold.

    python -m bench.figures            # asked, alarms, time
    python -m bench.figures --heard    # and spoken by four voices, heard by pocketsphinx: minutes

Messages are JSON lines in tests/data/ and, where it is beside the project, shared/eval/. Of the alarms and calm
messages in tests/data/ only even lines count: odd ones may be read while rules are written. Measures; asserts nothing.
--heard needs shared/eval/speech_loop.py, Debian's flite and sox, and requirements-bench.txt.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from responder import text as plain
from responder.catalog import load
from responder.catalog.model import ALARMS
from responder.engine import Engine
from responder.triage import likeness
from responder.turn import Inquiry

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
EVAL = ROOT.parent / "shared" / "eval"
OFF = "off-topic"
SURE = (0.99, likeness.SURE, 0.9, 0.8)
"""Chances from which likeness raises an alarm, beside the one in use."""
_LONGEST_SPOKEN = 100
_TRIES = 15

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The messages of a file; none where it is not there."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def verdict(engine: Engine, row: Row) -> str:
    """What became of a message for which certain topics are fair, or none, or an alarm is."""
    reply, _ = engine.respond(Inquiry(row["text"], channel=row.get("channel", "sms"), country="US"))
    fair = row.get("accept", [OFF])
    if reply.level in ALARMS:
        return "alarm"
    if reply.outcome == "answer":
        return "right" if reply.topic in fair else "wrong"
    if reply.outcome == "choice":
        return "asked" if set(reply.choices) & set(fair) else "wrong"
    return "silent"


def shares(engine: Engine, chosen: Sequence[Row]) -> dict[str, float]:
    """Per cent of each verdict."""
    counts = Counter(verdict(engine, row) for row in chosen)
    return {name: 100 * counts[name] / max(1, len(chosen)) for name in ("right", "asked", "wrong", "silent", "alarm")}


def emergencies(found: Sequence[Row]) -> list[Row]:
    return [row for row in found if row["level"] in ALARMS and not row["soft"]]


def calm(found: Sequence[Row]) -> list[Row]:
    return [row for row in found if row["level"] == "none"]


def in_scope(found: Sequence[Row]) -> list[Row]:
    """Those that a topic fits and no emergency."""
    return [row for row in found if OFF not in row["accept"] and (row["soft"] or row["level"] not in ALARMS)]


def off_topic(found: Sequence[Row]) -> list[Row]:
    return [row for row in found if row["accept"] == [OFF] and row["level"] not in ALARMS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--heard", action="store_true", help="also what a recogniser makes of them")
    args = parser.parse_args()
    engine = Engine(load(ROOT / "content"))
    labelled = rows(EVAL / "topics.jsonl")
    for name, found in (
        ("labelled", labelled),
        ("own English", rows(DATA / "english.jsonl")),
        ("own Spanish", rows(DATA / "spanish.jsonl")),
    ):
        _tell(f"{name}, in scope", engine, in_scope(found))
    _tell("labelled, off topic", engine, [*rows(EVAL / "offtopic.jsonl"), *off_topic(labelled)])
    _alarms(engine)
    _times(engine)
    if args.heard:
        _heard(engine, labelled)


def _tell(name: str, engine: Engine, chosen: Sequence[Row]) -> None:
    if chosen:
        figures = "  ".join(f"{verdict} {share:.1f}" for verdict, share in shares(engine, chosen).items())
        print(f"{name} ({len(chosen)}): {figures}")


def _alarms(engine: Engine) -> None:
    """Per cent that raise an alarm: by rules alone, and with likeness from several chances on."""
    files = {
        "labelled alarms": emergencies([*rows(EVAL / "alarms.jsonl"), *rows(EVAL / "topics.jsonl")]),
        "labelled calm": rows(EVAL / "calm.jsonl"),
        "labelled off topic": rows(EVAL / "offtopic.jsonl"),
    }
    for language in ("", "_es"):
        files |= {f"own {kind}{language}": rows(DATA / f"{kind}{language}.jsonl")[1::2] for kind in ("alarms", "calm")}
        even = rows(DATA / f"unforeseen{language}.jsonl")[1::2]
        files |= {f"unforeseen alarms{language}": emergencies(even), f"unforeseen calm{language}": calm(even)}
    taught = dict(engine.languages)
    engine.languages = {code: replace(one, likeness=None) for code, one in taught.items()}
    _raised("rules alone", engine, files)
    engine.languages = taught
    used = likeness.SURE
    for sure in SURE:
        likeness.SURE = sure
        _raised(f"likeness from {sure}", engine, files)
    likeness.SURE = used


def _raised(name: str, engine: Engine, files: dict[str, list[Row]]) -> None:
    told = [f"{file} {shares(engine, found)['alarm']:.1f}" for file, found in files.items() if found]
    print(f"{name}: {'  '.join(told)}")


def _times(engine: Engine) -> None:
    """The median of a turn over the messages of each labelled file, and of all; each message the best of many."""
    files = {name: rows(EVAL / f"{name}.jsonl") for name in ("topics", "offtopic", "alarms", "calm")}
    best = {name: [_time(engine, row) for row in found] for name, found in files.items()}
    best["all"] = [seconds for some in best.values() for seconds in some]
    for name, times in best.items():
        if times:
            print(f"time, {name} ({len(times)}): median {statistics.median(times) * 1e6:.0f} us")


def _time(engine: Engine, row: Row) -> float:
    inquiry = Inquiry(row["text"])
    times = []
    for _ in range(_TRIES):
        begun = time.perf_counter()
        engine.respond(inquiry)
        times.append(time.perf_counter() - begun)
    return min(times)


def _heard(engine: Engine, found: Sequence[Row]) -> None:
    """The short, correctly spelled ones: all of whose words the pack or everyday English knows."""
    one = engine.languages["en"]
    known = one.words | one.reader.common.keys()
    spoken = [
        row
        for row in found
        if OFF not in row["accept"]
        and len(row["text"]) < _LONGEST_SPOKEN
        and all(word in known or word.isdigit() for word in plain.words(row["text"]))
    ]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "spoken.jsonl", Path(folder) / "heard.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in spoken), encoding="utf-8")
        subprocess.run([sys.executable, EVAL / "speech_loop.py", source, target], check=True)
        _tell("labelled, in scope, heard", engine, in_scope(rows(target)))


if __name__ == "__main__":
    main()
