"""Replies that only a caller gets, from words of the content."""

from collections.abc import Sequence
from dataclasses import dataclass

from responder import speech
from responder.calls import keys
from responder.catalog.model import Level
from responder.compose import Composer
from responder.turn import SLOW, Dialogue, Match, Outcome, Reply

_MOST_OFFERS = 2
"""Keys that are named after an answer, before the invitation to ask on."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Composes them for one turn."""

    compose: Composer

    def ask(self, *lead: str) -> Reply:
        """After `lead`: what is bothering you?"""
        return self._reply("command", *lead, prompt=self.say("ask"))

    def greeting(self) -> Reply:
        """Who this is, and where emergencies go."""
        number = self.compose.emergency_number()
        return self._reply("command", self.say("greeting", name=self.compose.catalog.name, emergency=number))

    def invite(self, key: str) -> str:
        """How to go on in this language."""
        return self.say("invite", number=self.compose.key(key))

    def help(self) -> Reply:
        """What the line is."""
        return self._reply(
            "command", self.say("help", name=self.compose.catalog.name, key=self.compose.key(keys.NUMBERS))
        )

    def nothing_before(self) -> Reply:
        """More was asked for, and nothing was told yet."""
        return self._reply("command", self.say("nothing_before"))

    def numbers(self) -> Reply:
        """Whom to call: in an emergency, for advice, in a crisis."""
        sentences = [self.say("number_emergency", emergency=self.compose.emergency_number())]
        if nurse := self.compose.nurse():
            sentences.append(self.say("number_nurse", nurse=nurse))
        if helpline := self.compose.helpline():
            sentences.append(self.say("number_crisis", helpline=helpline))
        return self._reply("command", *sentences)

    def alarm_again(self, level: Level, *, ends: bool = False) -> Reply:
        """The number of an alarm once more; `ends` says goodbye after it."""
        helpline = self.compose.helpline() if level == "crisis" else None
        sentences = [helpline] if helpline else []
        danger = "crisis_danger" if helpline else "emergency"
        sentences.append(self.say(danger, emergency=self.compose.emergency_number()))
        if ends:
            sentences.append(self.say("bye"))
        return self._reply("silence" if ends else "command", *sentences)._replace(level=level, ends=ends)

    def person(self) -> Reply:
        """The call is handed over, or there is nobody to hand it to."""
        if "person" in self.compose.inquiry.can:
            return self._reply("command", self.say("person_now"))._replace(action="person")
        return self.alone("person_none")

    def alone(self, key: str) -> Reply:
        """Nobody is there to speak with; where advice is to be had."""
        return self._reply("command", self.say(key), self.compose.urgent_line())

    def text_me(self, topic: str | None, section: str | None) -> Reply:
        """What was told is to be texted; the channel finds out whether it can be."""
        if topic is None:
            return self._reply("command", self.say("text_nothing"))
        reply = self._reply("command", self.say("text_coming"))
        return reply._replace(action="text", topic=topic, section=section)

    def goodbye(self, outcome: Outcome, match: Match | None = None) -> Reply:
        """The end of a call, with the number to text."""
        called = self.compose.inquiry.called
        number = [self.say("goodbye_text", number=speech.digits(called))] if speech.is_number(called) else []
        sentences = (self.say("goodbye"), *number, self.say("bye"))
        return self._reply(outcome, *sentences)._replace(ends=True, match=match)

    def options(self, topics: Sequence[str]) -> Reply:
        """The choices again, without the question before them."""
        reply = self.compose.choice(topics)
        return reply._replace(sentences=reply.sentences[1:])

    def menu(self, page: int, *lead: str, outcome: Outcome = "command", match: Match | None = None) -> Reply:
        """One page of the commonest topics, by key."""
        topics = self.page(page)
        rows = self.options(topics).sentences
        prompt = [self.say("menu_next", key=self.compose.key(keys.NEXT_PAGE))] if self.pages > 1 else []
        prompt.append(self.say("menu_ask"))
        reply = self._reply(outcome, *(lead or (self.say("menu"),)), *rows, prompt=" ".join(prompt))
        return reply._replace(choices=topics, match=match, command="menu" if outcome == "command" else None)

    def page(self, page: int) -> tuple[str, ...]:
        """The topics of a page of the menu, counted from 1."""
        start = (page - 1) * keys.TOPICS_A_PAGE
        return self.compose.catalog.menu[start : start + keys.TOPICS_A_PAGE]

    @property
    def pages(self) -> int:
        """How many pages the menu has."""
        return -(-len(self.compose.catalog.menu) // keys.TOPICS_A_PAGE)

    def silence(self, dialogue: Dialogue) -> Reply:
        """Asks again, shorter than before."""
        if dialogue.topic is not None:
            return self._reply("silence", self.offers(dialogue, again=True))
        return self._reply("silence", self.say("silence" if dialogue.misses <= 1 else "silence_again"))

    def offers(self, dialogue: Dialogue, *, urgent: bool = False, texted: bool = False, again: bool = False) -> str:
        """How to go on: the most useful keys after an answer, and another question."""
        topic, can = dialogue.topic, self.compose.inquiry.can
        if not topic and not urgent:
            return self.say("ask")
        offers = []
        if urgent and "person" in can and topic:
            offers.append(self.say("offer_person", key=self.compose.key(keys.PERSON)))
        if topic and not urgent and self.compose.next_section(topic, dialogue.section):
            offers.append(self.say("offer_more", key=self.compose.key(keys.MORE)))
        if topic and "text" in can and not texted:
            offers.append(self.say("offer_text", key=self.compose.key(keys.TEXT)))
        if topic and again:
            offers.append(self.say("offer_again", key=self.compose.key(keys.AGAIN)))
        return " ".join([*offers[:_MOST_OFFERS], self.say("another")])

    def finished(self, reply: Reply, after: Dialogue) -> Reply:
        """The reply as a caller needs it: how to go on, no reminder where nothing was told, slower if asked for."""
        told = reply.outcome == "answer" or reply.level == "urgent"
        if not told:
            reply = reply._replace(reminder="")
        open_end = not (reply.ends or reply.choices or reply.prompt or reply.action == "person")
        if reply.action == "text":
            reply = reply._replace(prompt=self.offers(after, texted=True))
        elif told and not reply.choices:
            reply = reply._replace(prompt=self.offers(after, urgent=reply.level == "urgent", again=True))
        elif open_end and reply.outcome == "command" and after.alarm == "none":
            reply = reply._replace(prompt=self.offers(after))
        return reply._replace(slow=after.repeats >= SLOW)

    def say(self, name: str, /, **values: str) -> str:
        """A phrase that is only spoken."""
        phrase = self.compose.pack.phrases.spoken[name]
        return phrase.format(**values) if values else phrase

    def _reply(self, outcome: Outcome, *sentences: str, prompt: str = "") -> Reply:
        return Reply(outcome, self.compose.pack.code, sentences, prompt=prompt)
