"""From what was found to what is said: every reply is put together here, from words of the content only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from responder import segments, speech
from responder import text as plain
from responder.catalog.model import SECTIONS, Catalog, Country, LanguagePack, Level, Line, TopicText
from responder.turn import Inquiry, Match, Outcome, Reply

WORRY = "worry"
"""Asked for as if it were a section; it puts `see_doctor` first."""
MAX_SEGMENTS = 2
"""Of any text that is sent."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes the replies of one turn: its language, its channel, its country."""

    catalog: Catalog
    pack: LanguagePack
    inquiry: Inquiry

    def answer(
        self, topic: str, section: str | None = None, match: Match | None = None, *, urgent: bool = False
    ) -> Reply:
        """A topic, or one section of it; without text for the section, its overview.

        An urgent one begins with the line that says to get medical advice today, and leaves out when to see a doctor.
        """
        text = self._text(topic)
        section = section if section == WORRY or section in text.sections else None
        overview = self._overview(text)
        if urgent:
            reply = self._reply("answer", [overview[0]], topic=topic, match=match, prompt="")
            return self.urgently(reply)
        if section == WORRY:
            sentences = [*reversed(overview)]
        elif section:
            sentences = [text.sections[section]]
        else:
            sentences = [*overview]
        return self._reply("answer", sentences, topic=topic, section=section, match=match)

    def alarm(self, flag: str, level: Level, reason: str) -> Reply:
        """The reply to an emergency or a crisis: whom to call, and nothing else."""
        emergency = self.emergency_number()
        if self.inquiry.spoken:
            sentences = self._spoken_alarm(level, emergency, reason)
        elif level == "crisis":
            sentences = (self._crisis(emergency),)
        else:
            sentences = (self._say("emergency", emergency=emergency, reason=reason),)
        return Reply("crisis" if level == "crisis" else "emergency", self.pack.code, sentences, level=level, flag=flag)

    def if_now(self, reply: Reply) -> Reply:
        """The same reply, ending with whom to call if what was asked about is happening now."""
        line = self._say("happening_now", emergency=self.emergency_number())
        return reply._replace(reminder=line, prompt=reply.prompt if self.inquiry.spoken else "")

    def urgently(self, reply: Reply) -> Reply:
        """The same reply, after the line that says to get medical advice today."""
        return reply._replace(level="urgent", sentences=(self.urgent_line(), *reply.sentences))

    def urgent(self, match: Match) -> Reply:
        """The line that says to get medical advice today, where no topic was found to go with it."""
        return self._reply("fallback", (), match=match, prompt="")

    def choice(self, topics: Sequence[str], match: Match | None = None) -> Reply:
        """Did you mean one of these?"""
        return self._options("choice", topics, self._said("choice"), match=match)

    def menu(self, topics: Sequence[str], *, more: bool = False) -> Reply:
        """A page of the commonest topics to choose from; `more` says that there are other pages."""
        title = self._say("menu") if not self.inquiry.spoken else self._said("choice")
        reply = self._options("command", topics, title)
        if self.inquiry.spoken:
            return reply
        return reply._replace(reminder="", prompt=self._say("menu_more") if more else reply.prompt)

    def fallback(self, misses: int, match: Match | None = None) -> Reply:
        """Nothing found; `misses` counts this turn, so that the second time other words come."""
        first = misses <= 1
        if self.inquiry.spoken:
            sentence = self.pack.phrases.spoken["missed" if first else "missed_again"]
        else:
            sentence = self._say("fallback" if first else "fallback_again")
        return self._reply("fallback", (sentence,), match=match, prompt="")

    def silence(self) -> Reply:
        """Nothing readable came: an empty text, or a picture."""
        sentence = self._say("picture" if self.inquiry.media else "empty")
        return self._reply("silence", (sentence,), prompt="")

    def command(self, key: str, **values: str) -> Reply:
        """A sentence of the phrases in answer to a command."""
        return self._reply("command", (self._say(key, **values),), prompt="")

    def about_the_line(self, *keys: str, **values: str) -> Reply:
        """Sentences of the phrases about the line itself, without the reminder."""
        return Reply("command", self.pack.code, tuple(self._say(key, **values) for key in keys))

    def introduced(self, reply: Reply) -> Reply | None:
        """The reply with the notice of a first contact instead of reminder and hint; None where there is no room.

        How to choose stays if it fits. Whom to call if it is happening now always stays: then the notice is shorter,
        and if need be when to see a doctor is left out.
        """
        bare = reply._replace(reminder=self._say("notice"), prompt="")
        forms: tuple[Reply, ...] = (bare._replace(prompt=reply.prompt), bare) if reply.choices else (bare,)
        if reply.reminder not in ("", self._say("reminder")):
            short = self._say("notice_short")
            told = (reply.sentences, reply.sentences[:1])
            forms = tuple(bare._replace(sentences=(*part, reply.reminder), reminder=short) for part in told)
        return next((form for form in forms if segments.cost(segments.fold(form.text)).segments <= MAX_SEGMENTS), None)

    def nothing(self, command: str | None = None) -> Reply:
        """No message at all: another party answers (Twilio's own STOP and HELP), or the sender said STOP."""
        return Reply("command", self.pack.code, command=command)

    def no_more(self, topic: str) -> Reply:
        """All sections were told."""
        return self.command("no_more", title=self._text(topic).title)

    def _text(self, topic: str) -> TopicText:
        return self.catalog.topics[topic].texts[self.pack.code]

    def _overview(self, text: TopicText) -> tuple[str, str]:
        answer = text.speech if self.inquiry.spoken and text.speech else text.answer
        return answer, text.see_doctor

    def _options(self, outcome: Outcome, topics: Sequence[str], title: str, match: Match | None = None) -> Reply:
        titles = [self._text(topic).title for topic in topics]
        if self.inquiry.spoken:
            item = self.pack.phrases.spoken["choice_item"]
            rows = [item.format(title=name, number=self.key(str(number))) for number, name in enumerate(titles, 1)]
            sentences, prompt = [title, *rows], self.pack.phrases.spoken["choice_prompt"]
        else:
            sentences = [title, *(f"{number} {name}" for number, name in enumerate(titles, 1))]
            prompt = self._say("choice_hint" if outcome == "choice" else "menu_hint")
        return self._reply(outcome, sentences, choices=tuple(topics), match=match, prompt=prompt)

    def _reply(self, outcome: Outcome, sentences: Sequence[str], prompt: str | None = None, **more: Any) -> Reply:
        if prompt is None:
            prompt = self.pack.phrases.spoken["another"] if self.inquiry.spoken else self._say("hint")
        reminder = self._say("reminder")
        return Reply(outcome, self.pack.code, tuple(sentences), reminder=reminder, prompt=prompt, **more)

    def _said(self, key: str) -> str:
        phrases = self.pack.phrases
        return phrases.spoken[key] if self.inquiry.spoken else phrases.texts[key]

    def _say(self, key: str, **values: str) -> str:
        return self.pack.phrases.texts[key].format(**values) if values else self.pack.phrases.texts[key]

    def _country(self) -> Country | None:
        return self.catalog.countries.get((self.inquiry.country or "").upper())

    def _number(self, line: Line | None) -> str | None:
        if line is None or not line.told:
            return None
        return speech.digits(line.number) if self.inquiry.spoken else line.number

    def key(self, key: str) -> str:
        """How a key of the telephone is called ("two")."""
        return self.pack.phrases.numerals.get(key, (key,))[0]

    def emergency_number(self) -> str:
        """Of the person's country, or wording that fits everywhere."""
        country = self._country()
        number = self._number(country.emergency) if country else None
        return number or self._said("emergency_number_unknown")

    def nurse(self) -> str | None:
        """The number of the country's nurse line, if it has one that is sure."""
        country = self._country()
        return self._number(country.nurse) if country else None

    def helpline(self) -> str | None:
        """Which number to call in a crisis, as a sentence; None where none is sure."""
        country = self._country()
        line = country.crisis if country else None
        number = self._number(line)
        if line is None or number is None:
            return None
        return self._say("crisis_call_or_text" if line.by == "call_or_text" else "crisis_call", number=number)

    def urgent_line(self) -> str:
        """To get medical advice today, and where."""
        nurse = self.nurse()
        return self._say("urgent_nurse", nurse=nurse) if nurse else self._say("urgent")

    def next_section(self, topic: str, told: str | None) -> str | None:
        """The section of a topic that comes after the one told last."""
        if topic not in self.catalog.topics:
            return None
        sections = self._text(topic).sections
        rest = SECTIONS[SECTIONS.index(told) + 1 :] if told in SECTIONS else SECTIONS
        return next((section for section in rest if section in sections), None)

    def _spoken_alarm(self, level: Level, emergency: str, reason: str) -> tuple[str, ...]:
        """For ears the number comes first, and once more at the end."""
        spoken = self.pack.phrases.spoken
        if level != "crisis":
            again = spoken["repeat_number"].format(emergency=emergency)
            return spoken["emergency"].format(emergency=emergency), spoken["emergency_why"], reason, again
        helpline = self.helpline()
        first = helpline or spoken["emergency"].format(emergency=emergency)
        then = spoken["crisis_danger"].format(emergency=emergency) if helpline else self._say("crisis_unknown")
        again = spoken["repeat_helpline"].format(helpline=first)
        return first, spoken["crisis"], then, again

    def _crisis(self, emergency: str) -> str:
        helpline = self.helpline() or self._say("crisis_unknown")
        return plain.capitalised(self._say("crisis", helpline=helpline, emergency=emergency))
