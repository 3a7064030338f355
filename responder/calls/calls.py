"""The turns of a call that are no question: keys, commands that only a call has, silence, and misses."""

from collections.abc import Callable

from responder.calls import keys
from responder.calls.wording import Wording
from responder.compose import Composer
from responder.turn import SLOW, Dialogue, Match, Reply

MAX_SILENCES = 3
"""The turn in a row without sense at which silence ends the call."""
MAX_MISSES = 4
"""The one at which words that lead nowhere end it; the menu by keys came before."""
_NOT_AFTER_ALARM = ("again", "slower", "more", "text_me", "yes", "numbers")
"""Commands that get the number once more where it was told just before."""
_MENU_AT = 2

Step = tuple[Reply, Dialogue]


class Call:
    """One turn of a call."""

    def __init__(self, compose: Composer, dialogue: Dialogue, tell: Callable[[Dialogue], Step]) -> None:
        """`tell` tells the topic and section of a dialogue; the engine knows how."""
        self.wording = Wording(compose)
        self._catalog = compose.catalog
        self._inquiry = compose.inquiry
        self._before = dialogue
        self._dialogue = dialogue._replace(alarm="none")
        self._tell = tell

    def event(self) -> Step | None:
        """What happened without the caller's doing: the one the call was handed over to did not pick up."""
        return self._on(self.wording.alone("person_failed")) if self._inquiry.unconnected else None

    def chosen(self, key: str) -> str | None:
        """The topic on offer under that key."""
        choices = self._dialogue.choices
        number = int(key) if key.isascii() and key.isdigit() and len(key) <= 2 else 0
        return choices[number - 1] if 1 <= number <= len(choices) else None

    def meaning(self, key: str) -> tuple[str, str | None] | None:
        """The command that a key, or a number said like one, is now, and the language it chooses if it does."""
        return keys.meaning(key, self._before, self.wording.compose.pack.code, self._catalog.languages)

    def do(self, name: str) -> Step | None:
        """What a call answers to a command; None where it answers as a text would."""
        if self._before.alarm != "none" and (step := self._after_alarm(name)):
            return step
        if name == "menu" or (name == "more" and self._dialogue.page):
            return self._menu()
        if name == "help" or (name == "more" and not self._dialogue.topic):
            return self._on(self.wording.help() if name == "help" else self.wording.nothing_before())
        if name in ("again", "slower"):
            return self._repeat(slower=name == "slower")
        if name in ("another", "stop", "start", "yes"):
            return self._ask()
        if name in ("goodbye", "no"):
            return self._leave(name)
        if name == "text_me":
            return self._on(self.wording.text_me(self._dialogue.topic, self._dialogue.section))
        if name == "numbers":
            return self._on(self.wording.numbers())
        return self._on(self.wording.person()) if name == "person" else None

    def no_such_key(self) -> Step:
        """A key that means nothing here: the way on is told again."""
        sentence, dialogue = self.wording.say("no_such_key"), self._missed()
        if dialogue.misses >= MAX_MISSES:
            return self.wording.goodbye("fallback"), dialogue
        if dialogue.choices:
            reply, dialogue = self._offered(dialogue)
            return reply._replace(sentences=(sentence, *reply.sentences)), dialogue
        reply = self.wording.ask(sentence)
        return (reply._replace(prompt=self.wording.offers(dialogue)) if dialogue.topic else reply), dialogue

    def silence(self) -> Step:
        """Nothing was said and no key pressed."""
        if self._before.alarm != "none":
            return self.wording.alarm_again(self._before.alarm, ends=True), self._dialogue
        dialogue = self._missed()
        if dialogue.misses >= MAX_SILENCES:
            return self.wording.goodbye("silence"), dialogue
        if dialogue.choices:
            offered, dialogue = self._offered(dialogue)
            told = offered.sentences if dialogue.misses <= 1 else ()
            return offered._replace(outcome="silence", sentences=told), dialogue
        return self.wording.silence(dialogue), dialogue

    def missed(self, match: Match | None) -> Step:
        """Words that lead nowhere: an honest no, then the menu by keys, then goodbye."""
        dialogue = self._missed()
        if dialogue.misses >= MAX_MISSES:
            return self.wording.goodbye("fallback", match), dialogue
        if dialogue.misses < _MENU_AT:
            return self.wording.compose.fallback(dialogue.misses, match), dialogue
        page = dialogue.page if self.wording.page(dialogue.page) else 1
        reply = self.wording.menu(page, self.wording.say("missed_again"), outcome="fallback", match=match)
        return reply, dialogue._replace(choices=reply.choices, page=page)

    def _after_alarm(self, name: str) -> Step | None:
        """The number once more, whatever is said that is no question and no wish to speak with someone who is there."""
        if name in ("goodbye", "no", "thanks"):
            return self.wording.alarm_again(self._before.alarm, ends=True), self._dialogue
        hears = name in _NOT_AFTER_ALARM or (name == "person" and "person" not in self._inquiry.can)
        return self._repeat(slower=name == "slower") if hears else None

    def _repeat(self, *, slower: bool) -> Step:
        repeats = min(max(self._dialogue.repeats + 1, SLOW if slower else 0), 9)
        dialogue = self._dialogue._replace(repeats=repeats, misses=0)
        if self._before.alarm != "none":
            return self.wording.alarm_again(self._before.alarm), dialogue._replace(alarm=self._before.alarm)
        if dialogue.choices:
            return self._offered(dialogue)
        if self._dialogue.topic:
            return self._tell(dialogue)
        return self.wording.ask(), dialogue

    def _menu(self) -> Step:
        page = self._dialogue.page % self.wording.pages + 1
        reply = self.wording.menu(page)
        return reply, self._dialogue._replace(choices=reply.choices, page=page, misses=0)

    def _leave(self, name: str) -> Step:
        """Goodbye. A mere "no" is one only after an answer; before, it says that something else is meant."""
        if name == "no" and (self._dialogue.choices or not self._dialogue.topic):
            return self._ask()
        return self.wording.goodbye("command"), self._dialogue

    def _ask(self) -> Step:
        return self._on(self.wording.ask())

    def _offered(self, dialogue: Dialogue) -> Step:
        """The open choices once more."""
        if dialogue.page and self.wording.page(dialogue.page):
            reply = self.wording.menu(dialogue.page)
        else:
            reply = self.wording.options([topic for topic in dialogue.choices if topic in self._catalog.topics])
        return reply, dialogue._replace(choices=reply.choices)

    def _on(self, reply: Reply) -> Step:
        return reply, self._dialogue._replace(choices=(), page=0, misses=0)

    def _missed(self) -> Dialogue:
        return self._dialogue.missed()
