"""Checked data to the frozen model. No file here can be wrong any more, so nothing is checked again."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from responder.catalog.conversation import conversations
from responder.catalog.model import (
    Alarms,
    Ambiguous,
    Catalog,
    Country,
    Group,
    LanguagePack,
    Lexicon,
    Line,
    Phrases,
    RedFlag,
    RedFlags,
    Review,
    Source,
    Topic,
    TopicText,
    Voice,
)

if TYPE_CHECKING:
    from responder.catalog.load import File


def catalog(files: Iterable["File"], common: Mapping[str, tuple[str, ...]], version: str) -> Catalog:
    """The pack that the files hold together."""
    by_kind: dict[str, dict[str, Any]] = {}
    for file in files:
        by_kind.setdefault(file.kind, {})[file.path.stem] = file.data
    pack = by_kind["pack"]["pack"]
    return Catalog(
        id=pack["id"],
        name=pack["name"],
        version=version,
        menu=tuple(pack["menu"]),
        topics={name: topic(data) for name, data in by_kind["topic"].items()},
        languages={
            code: LanguagePack(
                code=code,
                voice=Voice(**voice),
                lexicon=lexicon(by_kind["lexicon"][code], common.get(code, ())),
                phrases=phrases(by_kind["phrases"][code]),
                red_flags=red_flags(by_kind["red_flags"][code]),
                alarms=alarms(by_kind.get("alarms", {}).get(code, {})),
                off_topic=tuple(by_kind.get("off_topic", {}).get(code, {}).get("examples", ())),
            )
            for code, voice in pack["languages"].items()
        },
        conversations=tuple(
            one for name, data in by_kind.get("conversation", {}).items() for one in conversations(name, data)
        ),
        countries={code: country(data) for code, data in by_kind["numbers"]["numbers"]["countries"].items()},
    )


def topic(data: Mapping[str, Any]) -> Topic:
    review = data["review"]
    return Topic(
        id=data["id"],
        care=data["care"],
        related=tuple(data["related"]),
        sources=tuple(source(one) for one in data["sources"]),
        review=Review(review["status"], review["by"], _day(review["on"]), date.fromisoformat(review["due"])),
        texts={code: topic_text(data[code]) for code in data if len(code) == 2 and isinstance(data[code], dict)},
    )


def topic_text(data: Mapping[str, Any]) -> TopicText:
    return TopicText(
        title=data["title"],
        keywords=tuple(data["keywords"]),
        answer=data["answer"].strip(),
        see_doctor=data["see_doctor"].strip(),
        sections={name: text.strip() for name, text in data["sections"].items()},
        speech=data.get("speech"),
        examples=tuple(data["examples"]),
    )


def source(data: Mapping[str, Any]) -> Source:
    return Source(
        data["title"], data["publisher"], data["url"], date.fromisoformat(data["accessed"]), data.get("note", "")
    )


def lexicon(data: Mapping[str, Any], common: tuple[str, ...]) -> Lexicon:
    return Lexicon(
        language=data["language"],
        groups=tuple(Group(name, group["kind"], tuple(group["words"])) for name, group in data["groups"].items()),
        spellings=_tuples(data.get("spellings", {})),
        misheard=_tuples(data.get("misheard", {})),
        shorthand=data.get("shorthand", {}),
        compounds=data.get("compounds", {}),
        noise=tuple(data.get("noise", ())),
        spoken=data.get("spoken", {}),
        ambiguous=tuple(Ambiguous(tuple(one["words"]), tuple(one["ask"])) for one in data.get("ambiguous", ())),
        sections=_tuples(data.get("sections", {})),
        common=common,
    )


def phrases(data: Mapping[str, Any]) -> Phrases:
    return Phrases(
        data["language"],
        data["name"],
        data["texts"],
        data["spoken"],
        _tuples(data["commands"]),
        _tuples(data["numerals"]),
        tuple(data.get("polite", ())),
        tuple(data.get("leaving", ())),
        data.get("counting", {}),
    )


def red_flags(data: Mapping[str, Any]) -> RedFlags:
    named = {key: tuple(data.get(key, ())) for key in ("negations", "breaks", "past", "questions")}
    rules = tuple(red_flag(one) for one in data["rules"])
    return RedFlags(language=data["language"], words=_tuples(data.get("words", {})), rules=rules, **named)


def red_flag(data: Mapping[str, Any]) -> RedFlag:
    patterns = {key: tuple(data.get(key, ())) for key in ("when", "unless", "fires", "quiet")}
    return RedFlag(
        id=data["id"],
        level=data["level"],
        reason=data["reason"],
        source=source(data["source"]),
        certain=data.get("certain", False),
        **patterns,
    )


def alarms(data: Mapping[str, Any]) -> Alarms:
    return Alarms(data.get("reason", ""), _tuples(data.get("alarms", {})), tuple(data.get("calm", ())))


def country(data: Mapping[str, Any]) -> Country:
    return Country(*(_line(data.get(key)) for key in ("emergency", "nurse", "crisis")))  # type: ignore[arg-type]


def _line(data: Mapping[str, Any] | None) -> Line | None:
    return None if data is None else Line(data["number"], data.get("by", "call"), data["grade"])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _tuples(data: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in data.items()}
