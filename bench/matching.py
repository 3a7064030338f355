"""Compare ways to find the topic of a message: same phrases, same messages, one run. Measures; asserts nothing.

    pip install -r requirements-bench.txt
    python -m bench.matching                 # ours beside rapidfuzz, n-grams + logistic regression, adapt-parser
    python -m bench.matching --grow          # time per message and start-up with 65, 650 and 6,500 topics

Messages are JSON lines: {"text", "accept": [fair topics, "off-topic" for none], "level"}. Left out are alarms, and
messages where a topic and "nothing on that" are both fair. In scope: right (a fair topic told), asked (offered among
up to three), wrong, silent, alarm (a red flag told instead). Off topic: answered (or asked), of all such messages.

A rival's threshold is tuned on these very messages, which favours it: once so that it answers about as many off-topic
messages as our matcher, and once to the best (right - wrong - off-topic answered).
"""

import argparse
import gc
import json
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench import synthetic
from bench.rivals import OFF_TOPIC, WAYS, OurEngine, OurMatcher, Said, Way
from responder.catalog import Catalog, load
from responder.catalog.model import ALARMS
from responder.engine import Engine

ROOT = Path(__file__).parent.parent
EVAL = ROOT.parent / "shared" / "eval"
MESSAGES = (ROOT / "tests/data/english.jsonl", EVAL / "topics.jsonl", EVAL / "offtopic.jsonl")
VERDICTS = ("right", "asked", "wrong", "silent", "alarm")
GROW = ((65, 20), (650, 20), (6_500, 3))
"""Topics, and examples of each: fewer in the last, so that the whole run takes less than three minutes."""


@dataclass(frozen=True, slots=True)
class Message:
    """A labelled message."""

    text: str
    fair: frozenset[str]
    """Empty: the pack has nothing on it."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one way said to all messages, and how long it took."""

    said: list[Said]
    median: float
    """Microseconds a message."""
    mean: float
    start_up: float
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: shares in percent, times as measured."""

    name: str
    shares: dict[str, float]
    answered: float
    run: Run

    def figures(self) -> list[float]:
        shares = [self.shares[verdict] for verdict in VERDICTS]
        return [*shares, self.answered, self.run.median, self.run.mean, self.run.start_up]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, default=ROOT / "content", help="the pack (default: content/)")
    parser.add_argument("--language", default="en", help="of pack and messages (default: en)")
    parser.add_argument("--messages", type=Path, nargs="+", metavar="FILE.jsonl", help="instead of the usual ones")
    parser.add_argument("--grow", action="store_true", help="how time grows with the number of topics")
    args = parser.parse_args()
    catalog = load(args.content)
    catalog = replace(catalog, languages={args.language: catalog.languages[args.language]})
    if args.grow:
        grow(catalog)
    else:
        compare(catalog, args.messages or [path for path in MESSAGES if path.exists()], args.language)


def compare(catalog: Catalog, paths: Sequence[Path], language: str) -> None:
    """Prints the table of all ways, and the same as ratios to our matcher."""
    messages = list(dict.fromkeys(message for path in paths for message in _messages(path, language)))
    ours = sum(bool(message.fair) for message in messages)
    print(f"{ours} messages in scope, {len(messages) - ours} off topic; {len(catalog.topics)} topics\n")
    rows: list[Row] = []
    for way in WAYS:
        run = _run(way, catalog, [message.text for message in messages])
        rows += _rows(way, run, messages, rows[0].answered if rows else 0.0)
    heads = [*VERDICTS, "off-topic", "median us", "mean us", "start s"]
    form = [".1f"] * 6 + [".0f", ".0f", ".2f"]
    _table("percent, microseconds a message, seconds", heads, [(row.name, row.figures()) for row in rows], form)
    base = rows[0].figures()
    ratios = [
        (row.name, [x / y if y else float("nan") for x, y in zip(row.figures(), base, strict=True)]) for row in rows
    ]
    _table(f"as ratio to {rows[0].name}", heads, ratios, [".2f"] * 6 + [".1f", ".1f", ".2f"])


def grow(catalog: Catalog) -> None:
    """Prints how time per message and start-up grow with the number of topics."""
    lines: list[tuple[str, list[float]]] = []
    first: dict[str, float] = {}
    for topics, examples in GROW:
        made, messages = synthetic.pack(catalog, topics, examples, held_out=1_000)
        started = time.process_time()
        engine = Engine(made)
        start_up = time.process_time() - started
        start_ratio = start_up / first.setdefault("", start_up)
        for way in (OurMatcher(made, engine), OurEngine(made, engine)):
            _, times = _ask(way, messages)
            median = statistics.median(times)
            figures = [median, median / first.setdefault(way.name, median), statistics.fmean(times)]
            lines.append((f"{way.name}, {topics:,} topics x {examples} examples", [*figures, start_up, start_ratio]))
    heads = ["median us", "ratio", "mean us", "start s", "ratio"]
    _table("synthetic packs; ratios to the smallest", heads, lines, [".0f", ".2f", ".0f", ".2f", ".1f"])


def _messages(path: Path, language: str) -> Iterator[Message]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            fair = frozenset(row.get("accept") or ())
            alarm = row.get("level") in ALARMS
            if (
                fair
                and not alarm
                and row.get("lang", language) == language
                and (OFF_TOPIC not in fair or len(fair) == 1)
            ):
                yield Message(row["text"], fair - {OFF_TOPIC})


def _run(way: type[Way], catalog: Catalog, messages: Sequence[str]) -> Run:
    gc.collect()
    started = time.process_time()
    one = way(catalog)
    start_up = time.process_time() - started
    said, times = _ask(one, messages)
    return Run(said, statistics.median(times), statistics.fmean(times), start_up)


def _ask(way: Way, messages: Sequence[str]) -> tuple[list[Said], list[float]]:
    """What it says, and the microseconds each answer took."""
    for message in messages[:50]:
        way.ask(message)  # warm
    said, times = [], []
    gc.collect()
    gc.freeze()
    for message in messages:
        begun = time.process_time_ns()
        answer = way.ask(message)
        times.append((time.process_time_ns() - begun) / 1000)
        said.append(answer)
    gc.unfreeze()
    return said, times


def _rows(way: type[Way], run: Run, messages: Sequence[Message], answered: float) -> list[Row]:
    """One row, or two if a threshold is to be tuned: at `answered` percent of off-topic messages, and at its best."""
    if not way.needs_threshold:
        return [_judged(way.name, run, messages)]
    cuts = sorted({said.score for said in run.said})
    cuts = [*cuts[:: max(1, len(cuts) // 400)], cuts[-1] + 1]
    tried = [_judged(f"{way.name} >= {cut:.3g}", run, messages, cut) for cut in cuts]
    alike = min(tried, key=lambda row: (abs(row.answered - answered), -row.shares["right"]))
    best = max(tried, key=lambda row: row.shares["right"] - row.shares["wrong"] - row.answered)
    return [alike] if best is alike else [alike, best]


def _judged(name: str, run: Run, messages: Sequence[Message], cut: float = float("-inf")) -> Row:
    ours: Counter[str] = Counter()
    others: Counter[bool] = Counter()
    for message, said in zip(messages, run.said, strict=True):
        topics = said.topics if said.score >= cut else ()
        if message.fair:
            ours[_verdict(message.fair, topics, said.alarm)] += 1
        else:
            others[bool(topics)] += 1
    shares = {verdict: 100 * ours[verdict] / max(1, ours.total()) for verdict in VERDICTS}
    return Row(name, shares, 100 * others[True] / max(1, others.total()), run)


def _verdict(fair: frozenset[str], topics: tuple[str, ...], alarm: bool) -> str:
    if alarm:
        return "alarm"
    if not topics:
        return "silent"
    if fair.isdisjoint(topics):
        return "wrong"
    return "right" if len(topics) == 1 else "asked"


def _table(title: str, heads: Sequence[str], lines: Sequence[tuple[str, list[float]]], forms: Sequence[str]) -> None:
    wide = max(len(title), *(len(name) for name, _ in lines))
    print(f"{title:{wide}}", *(f"{head:>9}" for head in heads))
    for name, figures in lines:
        print(f"{name:{wide}}", *(f"{format(x, form):>9}" for x, form in zip(figures, forms, strict=True)))
    print()


if __name__ == "__main__":
    main()
