"""What is said about the line itself: welcome, menu, help, opting out, privacy, and the notice of a first contact."""

from collections.abc import Callable
from dataclasses import dataclass

from responder.catalog.model import ALARMS
from responder.compose import Composer
from responder.turn import MAX_CHOICES, Dialogue, Inquiry, Reply

_NEVER_SPOKEN = ("stop", "start", "yes", "no")
"""On the phone these words are none of the line's commands: hanging up is enough."""
_ALWAYS_ANSWERED = ("start", "forget", "numbers")
"""Also to someone who said STOP; and so is every red flag."""

Turn = tuple[Reply, Dialogue]


@dataclass(frozen=True, slots=True)
class Manners:
    """The line's own part of one turn."""

    compose: Composer
    inquiry: Inquiry
    dialogue: Dialogue

    def answer(self, command: str) -> Turn | None:
        """What a command to the line itself gets; None for a command about a topic, or none of the line's."""
        if self.inquiry.spoken and command in _NEVER_SPOKEN:
            return None
        answers: dict[str, Callable[[], Turn]] = {
            "menu": self.menu,
            "help": self._help,
            "numbers": self._numbers,
            "greeting": lambda: self._said("greeting"),
            "thanks": lambda: self._said("thanks"),
            "privacy": self._privacy,
            "forget": self._forget,
            "stop": self._stop,
            "start": self._start,
            "yes": self._yes,
            "no": self._no,
        }
        found = answers.get(command)
        return found() if found else None

    def menu(self, page: int = 1) -> Turn:
        """A page of the commonest topics; after the last one the first comes again."""
        topics = self.compose.catalog.menu
        pages = -(-len(topics) // MAX_CHOICES)
        page = (page - 1) % pages + 1
        shown = topics[(page - 1) * MAX_CHOICES : page * MAX_CHOICES]
        reply = self.compose.menu(shown, more=pages > 1)._replace(command="menu")
        return reply, self.dialogue._replace(choices=shown, page=page, misses=0)

    def lost(self) -> Turn:
        """A number where nothing is on offer: the list it means is forgotten."""
        return self._said("nothing_open")

    def finish(self, reply: Reply, dialogue: Dialogue) -> Turn:
        """The turn as it leaves: silence for who said STOP, with the notice for who was never texted before."""
        if self.inquiry.opted_out and reply.level == "none" and reply.command not in _ALWAYS_ANSWERED:
            return self.compose.nothing(reply.command), self.dialogue
        if self.inquiry.spoken or not self.inquiry.first or dialogue.met or not reply.text or reply.level in ALARMS:
            return reply, dialogue
        if reply.command == "help":
            return reply, dialogue._replace(met=True)  # it says all that the notice says
        introduced = self.compose.introduced(reply)
        return (introduced, dialogue._replace(met=True)) if introduced else (reply, dialogue)

    def _said(self, key: str, **values: str) -> Turn:
        return self.compose.command(key, **values)._replace(command=key), self.dialogue._replace(misses=0)

    def _plain(self, command: str, *keys: str, **values: str) -> Turn:
        """Without the reminder: about the line, not about health."""
        reply = self.compose.about_the_line(*keys, **values)
        return reply._replace(command=command), self.dialogue._replace(misses=0)

    @property
    def _brand(self) -> str:
        return self.inquiry.about.brand or self.compose.catalog.name

    def _help(self) -> Turn:
        about = self.inquiry.about
        reply, dialogue = self._said("help", name=self._brand)
        if not about.contact:
            return reply, dialogue
        line = self.compose.about_the_line("help_contact", contact=about.contact)
        return reply._replace(sentences=(*reply.sentences, *line.sentences), reminder=""), dialogue

    def _numbers(self) -> Turn:
        return self._plain("numbers", "numbers", emergency=self.compose.emergency_number())

    def _privacy(self) -> Turn:
        url = self.inquiry.about.privacy
        return self._plain("privacy", "privacy", *(["privacy_more"] if url else []), url=url)

    def _forget(self) -> Turn:
        if self.inquiry.spoken:
            return self._privacy()  # it says how to do it by text, where the sender is known
        reply, dialogue = self._plain("forget", "forgotten")
        return reply, Dialogue(language=dialogue.language, met=dialogue.met)

    def _stop(self) -> Turn:
        return self._plain("stop", "stopped", name=self._brand)

    def _start(self) -> Turn:
        if not self.inquiry.opted_out:
            reply, dialogue = self._said("greeting")
            return reply._replace(command="start"), dialogue
        return self._plain("start", "started", name=self._brand)

    def _yes(self) -> Turn:
        if self.inquiry.opted_out:
            return self._start()
        choices = self.dialogue.choices
        reply = self.compose.command("no_such_choice" if choices else "empty")
        return reply._replace(command="yes"), self.dialogue._replace(misses=0)

    def _no(self) -> Turn:
        reply = self.compose.command("none_of_these" if self.dialogue.choices else "empty")
        return reply._replace(command="no"), self.dialogue._replace(choices=(), page=0, misses=0)
