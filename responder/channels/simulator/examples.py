"""Questions to begin with, shown as buttons over an empty conversation."""

from collections.abc import Iterator

from responder.catalog.model import Catalog

_CHOSEN = {
    "muscle-spasms": (
        "why does my eyelid keep twitching",
        "back went out",
        "what is isaacs sindrome",
        "no fever but i cant pee",
        "me brinca el ojo",
    ),
}
_MOST = 5


def examples(catalog: Catalog) -> tuple[str, ...]:
    """Those chosen for the pack; for any other pack its own: the menu's first topics and one red flag."""
    return _CHOSEN.get(catalog.id) or tuple(_own(catalog))[-_MOST:]


def _own(catalog: Catalog) -> Iterator[str]:
    pack = catalog.languages[catalog.default_language]
    for topic in catalog.menu[: _MOST - 1]:
        yield catalog.topics[topic].texts[pack.code].examples[-1]
    yield from next((rule.fires[:1] for rule in pack.red_flags.rules), ())
