"""The part of a pack that clinicians have signed."""

from collections.abc import Set
from dataclasses import replace

from responder.catalog.model import Ambiguous, Catalog, LanguagePack
from responder.errors import SettingsError


def reviewed(catalog: Catalog) -> Catalog:
    """`catalog` with its reviewed topics only, and nothing left that points to the others.

    An overdue review still counts: `flask responder check` tells the editor. Raises SettingsError
    if no topic is reviewed, for then there is nothing to serve.
    """
    topics = {name: topic for name, topic in catalog.topics.items() if topic.review.status == "reviewed"}
    if not topics:
        raise SettingsError("RESPONDER_REVIEWED_ONLY is set, but no topic is reviewed: have one signed, or unset it.")
    kept = topics.keys()
    return replace(
        catalog,
        topics={name: replace(topic, related=_only(topic.related, kept)) for name, topic in topics.items()},
        menu=_only(catalog.menu, kept) or tuple(kept)[:9],
        languages={code: _pruned(pack, kept) for code, pack in catalog.languages.items()},
        conversations=(),  # they are about the whole pack
    )


def _pruned(pack: LanguagePack, kept: Set[str]) -> LanguagePack:
    """Without the questions back that have fewer than two topics left to offer."""
    entries = (Ambiguous(entry.words, _only(entry.ask, kept)) for entry in pack.lexicon.ambiguous)
    ambiguous = tuple(entry for entry in entries if len(entry.ask) > 1)
    return replace(pack, lexicon=replace(pack.lexicon, ambiguous=ambiguous))


def _only(names: tuple[str, ...], kept: Set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in kept)
