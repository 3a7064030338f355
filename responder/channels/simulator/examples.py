"""Questions to begin with, shown as buttons over an empty conversation."""

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
    """Those chosen for the pack; for any other pack the titles that its menu begins with."""
    titles = (catalog.topics[topic].texts[catalog.default_language].title for topic in catalog.menu[:_MOST])
    return _CHOSEN.get(catalog.id) or tuple(titles)
