"""The one path every turn takes: respond(inquiry, dialogue) -> reply, dialogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from responder import carrier
from responder import text as plain
from responder.calls import Call, Wording
from responder.catalog.lessons import without_lessons
from responder.catalog.model import Catalog
from responder.commands import Commands
from responder.compose import WORRY, Composer
from responder.language import LanguageVote
from responder.manners import Manners
from responder.reading import Token
from responder.triage import Finding
from responder.turn import Dialogue, Inquiry, Match, Reply
from responder.understanding import Understanding

_SMALL_TALK = ("greeting", "thanks", "yes", "no")
"""Said in another language, they do not change the language of a conversation: "ok", "thank you"."""
_IN_TEXTS = {"slower": "again", "text_me": "again", "another": "greeting", "goodbye": "thanks", "person": "help"}
"""What a caller's commands are in a text."""
_FEW = 3
"""Words that may well be meant to choose from what is on offer, though they do not fit it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a message gets what it gets: for `ask --explain` and the simulator."""

    language: str
    tokens: tuple[Token, ...]
    ideas: tuple[str, ...]
    """Telling words, and ideas of the lexicon (#calf)."""
    findings: tuple[Finding, ...]
    match: Match
    reasons: Mapping[str, tuple[tuple[str, float], ...]]
    """By candidate: words and ideas, and what each adds to its score, strongest first."""


class Engine:
    """Answers turns from one catalog; keeps of it what it says. Holds no state between turns; serves all threads."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = without_lessons(catalog)
        self.languages = {
            code: replace(Understanding.of(catalog, pack), pack=self.catalog.languages[code])
            for code, pack in catalog.languages.items()
        }
        right = [words for one in self.languages.values() for words in (one.words, one.reader.common)]
        self._commands = Commands((pack.phrases for pack in catalog.languages.values()), right)
        self._vote = LanguageVote({code: one.reader for code, one in self.languages.items()})

    def respond(self, inquiry: Inquiry, dialogue: Dialogue | None = None) -> tuple[Reply, Dialogue]:
        """The reply to one turn, and what to remember for the next. Never raises, whatever `inquiry` holds."""
        before = dialogue or Dialogue()
        sentences = plain.sentences(inquiry.text)
        words = [word for sentence in sentences for word in sentence]
        language = self._language(inquiry, before, words)
        reply, after = _Turn(self, inquiry, before, self.languages[language]).take(sentences, words)
        compose = Composer(self.catalog, self.languages[reply.language].pack, inquiry)
        if inquiry.spoken:
            return Wording(compose).finished(reply, after), after
        return Manners(compose, inquiry, before).finish(reply, after)

    def as_text(self, told: Reply, country: str | None) -> Reply:
        """What a caller was told, as a first text: with the notice instead of reminder and hint."""
        compose = Composer(self.catalog, self.languages[told.language].pack, Inquiry(country=country))
        reply = compose.answer(told.topic or "", told.section)
        return compose.introduced(reply) or reply._replace(prompt="")

    def explain(self, inquiry: Inquiry, dialogue: Dialogue | None = None) -> Explanation:
        """What the engine sees in `inquiry`, without answering it."""
        sentences = plain.sentences(inquiry.text)
        words = [word for sentence in sentences for word in sentence]
        language = self._language(inquiry, dialogue or Dialogue(), words)
        one = self.languages[language]
        tokens = one.reader.read_sentences(sentences)
        match = one.matcher.match(tokens, heard=inquiry.spoken)
        reasons = {
            candidate.topic: tuple(one.matcher.reasons(tokens, candidate.topic)) for candidate in match.candidates
        }
        ideas = tuple(one.matcher.ideas(tokens))
        return Explanation(language, tuple(tokens), ideas, tuple(one.red_flags(tokens)), match, reasons)

    def _language(self, inquiry: Inquiry, dialogue: Dialogue, words: Sequence[str]) -> str:
        chosen = next((code for code in (inquiry.language, dialogue.language) if code in self.languages), None)
        current = chosen or self.catalog.default_language
        return self._vote.choose(words, current)


class _Turn:
    """One turn on its way through the engine."""

    def __init__(self, engine: Engine, inquiry: Inquiry, dialogue: Dialogue, understanding: Understanding) -> None:
        self._engine, self._inquiry, self._before = engine, inquiry, dialogue
        self._settled = next((code for code in (dialogue.language, inquiry.language) if code in engine.languages), None)
        """The language of the conversation so far."""
        self._dialogue = dialogue.begun(understanding.pack.code, engine.catalog.topics)
        self._understanding = understanding
        self._compose = Composer(engine.catalog, understanding.pack, inquiry)
        self._manners = Manners(self._compose, inquiry, self._dialogue)
        self._call: Call | None = None
        if inquiry.spoken:
            self._call = Call(self._compose, self._dialogue._replace(alarm=dialogue.alarm), self._retell)
        self._side: str | None = None
        """A side of a topic that was asked for where no topic was told yet."""
        self._short = False
        """Whether there are so few words that they may well be meant to choose."""

    def take(self, sentences: Sequence[Sequence[str]], words: Sequence[str]) -> tuple[Reply, Dialogue]:
        """Digits or a command, else a red flag, else an open choice, else a match."""
        if self._inquiry.keyword:
            return self._compose.nothing(self._inquiry.keyword), self._before
        self._short = len(words) <= _FEW
        step = self._by_key(self._call, words) if self._call else self._by_number(words)
        step = step or self._by_command(words)
        if step is not None:
            return step
        tokens = self._understanding.reader.read_sentences(sentences)
        if not tokens:
            return self._unheard()
        finding = self._understanding.red_flag(tokens)
        if finding and finding.alarm:
            return self._alarm(finding)
        return self._by_title(tokens) or self._by_match(tokens, finding)

    def _by_key(self, call: Call, words: Sequence[str]) -> tuple[Reply, Dialogue] | None:
        """What happened in a call, a key, or a number said like one."""
        if step := call.event():
            return step
        number, digits = self._engine._commands.number(words), self._inquiry.digits
        key = digits or (str(number) if number is not None else "")
        if not key:
            return None
        if topic := call.chosen(key):
            return self._tell(topic)
        name, language = call.meaning(key) or ("", None)
        if language:
            return self._switch(language)
        step = (call.do(name) or self._about_topic(name)) if name else None
        return step or (call.no_such_key() if digits or self._dialogue.choices else None)

    def _retell(self, dialogue: Dialogue) -> tuple[Reply, Dialogue]:
        self._dialogue = dialogue
        return self._tell(dialogue.topic or "", dialogue.section)

    def _by_number(self, words: Sequence[str]) -> tuple[Reply, Dialogue] | None:
        choices = self._dialogue.choices
        digits = self._inquiry.digits
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 2 else None
        if number is None:
            number = self._engine._commands.number(words)
        if number is None:
            return None
        if not choices:
            return self._manners.lost()
        if 1 <= number <= len(choices):
            return self._tell(choices[number - 1])
        return self._compose.command("no_such_choice"), self._dialogue

    def _by_command(self, words: Sequence[str]) -> tuple[Reply, Dialogue] | None:
        command = self._engine._commands.find(words, self._understanding.pack.code)
        if command is None:
            return None
        name = command.name
        if name == "language":
            return self._switch(command.language)
        keeps = name in _SMALL_TALK or carrier.keyword(self._inquiry.text)
        language = (self._settled if keeps else None) or command.language
        if language != self._understanding.pack.code:
            understanding = self._engine.languages[language]
            turn = _Turn(self._engine, self._inquiry, self._dialogue._replace(language=language), understanding)
            answered = turn._by_command(words)
            self._side = turn._side
            return answered
        if self._call and (step := self._call.do(name)):
            return step
        name = name if self._call else _IN_TEXTS.get(name, name)
        if name == "more" and self._dialogue.page:
            return self._manners.menu(self._dialogue.page + 1)
        return self._manners.answer(name) or self._about_topic(name)

    def _about_topic(self, name: str) -> tuple[Reply, Dialogue] | None:
        """A command that goes on with the topic last told."""
        topic = self._dialogue.topic
        if name == "again" and self._dialogue.choices:
            return self._offered()
        if topic is None:
            if name in ("more", "again"):
                return self._told(self._compose.command("nothing_before"))
            self._side = name
            return None
        if name == "again":
            return self._tell(topic, self._dialogue.section)
        if name != "more":
            return self._tell(topic, name)
        section = self._compose.next_section(topic, self._dialogue.section)
        if section is None:
            return self._told(self._compose.no_more(topic))
        return self._tell(topic, section)

    def _offered(self) -> tuple[Reply, Dialogue]:
        """The open choices once more."""
        if self._dialogue.page:
            return self._manners.menu(self._dialogue.page)
        topics = [topic for topic in self._dialogue.choices if topic in self._engine.catalog.topics]
        return self._compose.choice(topics), self._dialogue._replace(choices=tuple(topics), misses=0)

    def _switch(self, language: str) -> tuple[Reply, Dialogue]:
        dialogue = self._dialogue._replace(language=language, misses=0)
        turn = _Turn(self._engine, self._inquiry, dialogue, self._engine.languages[language])
        if dialogue.topic is not None:
            return turn._tell(dialogue.topic, dialogue.section)
        reply = turn._compose.command("language_set")
        return (turn._call.wording.ask(*reply.sentences) if turn._call else reply), dialogue

    def _by_title(self, tokens: Sequence[Token]) -> tuple[Reply, Dialogue] | None:
        """A choice taken by words of its title, or of one of its names: "the stomach one, please"."""
        topics, code = self._engine.catalog.topics, self._understanding.pack.code
        offered = {topic: topics[topic].texts[code] for topic in self._dialogue.choices if topic in topics}
        topic = self._understanding.chosen(tokens, offered)
        return self._tell(topic) if topic else None

    def _by_match(self, tokens: Sequence[Token], finding: Finding | None) -> tuple[Reply, Dialogue]:
        fired = finding is not None and not finding.excuse
        match = self._understanding.matcher.match(tokens, heard=self._inquiry.spoken, flagged=fired)
        reply, dialogue = self._matched(match, tokens, urgent=fired)
        if finding and fired:
            reply = reply._replace(flag=finding.flag)
        elif finding and finding.level == "emergency" and reply.outcome == "answer":
            reply = self._compose.if_now(reply)
        return reply, dialogue

    def _matched(self, match: Match, tokens: Sequence[Token], *, urgent: bool) -> tuple[Reply, Dialogue]:
        side = self._understanding.side(tokens) if match.decision == "fallback" and not urgent else None
        if side and (step := self._about_topic(side)):
            return step
        if match.decision == "answer":
            return self._tell(match.candidates[0].topic, match.section, urgent=urgent, match=match)
        if match.decision == "choice":
            topics = tuple(candidate.topic for candidate in match.candidates[:3])
            reply = self._compose.choice(topics, match)
            dialogue = self._dialogue._replace(choices=topics, page=0, misses=0)
        elif urgent:
            reply, dialogue = self._told(self._compose.urgent(match))
        else:
            return self._missed(match)
        return (self._compose.urgently(reply) if urgent else reply), dialogue

    def _tell(
        self, topic: str, section: str | None = None, *, urgent: bool = False, match: Match | None = None
    ) -> tuple[Reply, Dialogue]:
        if topic not in self._engine.catalog.topics:
            return self._missed(None)
        reply = self._compose.answer(topic, section, match, urgent=urgent)
        told = self._dialogue._replace(topic=topic, section=reply.section, choices=(), page=0, misses=0)
        return reply, told

    def _alarm(self, finding: Finding) -> tuple[Reply, Dialogue]:
        reply = self._compose.alarm(finding.flag, finding.level, finding.reason)
        alarm = finding.level if self._call else "none"
        kept = Dialogue(language=self._dialogue.language, met=self._dialogue.met, repeats=self._dialogue.repeats)
        return reply, kept._replace(alarm=alarm)

    def _told(self, reply: Reply) -> tuple[Reply, Dialogue]:
        return reply, self._dialogue._replace(misses=0)

    def _missed(self, match: Match | None) -> tuple[Reply, Dialogue]:
        if self._side and not self._inquiry.spoken:
            return self._told(self._compose.command("nothing_before"))
        if self._call:
            return self._call.missed(match)
        dialogue = self._dialogue.missed()
        reply = self._compose.fallback(dialogue.misses, match)
        if self._dialogue.choices and self._short:
            reply = reply._replace(sentences=self._compose.command("no_such_choice").sentences)
        return reply, dialogue

    def _unheard(self) -> tuple[Reply, Dialogue]:
        if self._call:
            return self._call.silence()
        dialogue = self._dialogue.missed()
        return self._compose.silence(), dialogue


__all__ = ["WORRY", "Engine", "Explanation"]
