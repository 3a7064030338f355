"""The pack: content files, checked and frozen."""

from responder.catalog.load import inspect, load
from responder.catalog.model import SECTIONS, Catalog, LanguagePack, Level, Topic, TopicText

__all__ = ["SECTIONS", "Catalog", "LanguagePack", "Level", "Topic", "TopicText", "inspect", "load"]
