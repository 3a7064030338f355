"""Replies as voice TwiML: what is said, in which voice, and how the line listens."""

from collections.abc import Iterable, Sequence

from twilio.twiml.voice_response import Dial, Gather, Say, VoiceResponse

from responder import speech
from responder.calls import Wording, keys
from responder.catalog.model import Catalog, LanguagePack, Voice
from responder.compose import Composer
from responder.turn import Inquiry, Reply

MAX_HINTS, MAX_HINT, MAX_ALL_HINTS = 500, 100, 8_000
"""Twilio takes 500 hints of 100 characters; we stay far below its 64 kB for the whole document."""
LISTEN_SECONDS, LAST_SECONDS = 6, 4
"""How long the line listens; and after an emergency, when the caller should be dialling."""
_RATE = "85%"
_RATED = ("", "-Neural", "-Standard", "-Wavenet", "-Neural2")
"""Kinds of voices that know <prosody rate>: all of Polly's standard voices and, of <prosody>, rate and volume of its
neural ones (docs.aws.amazon.com/polly/latest/dg/supportedtags.html); Google's Standard, WaveNet and Neural2
(cloud.google.com/text-to-speech/docs/ssml). Not sure of Polly's generative and Google's Chirp voices; man and woman
know no SSML at all."""


def knows_rate(voice: str) -> bool:
    """Whether `voice` can be told to speak slower by SSML."""
    vendor, _, name = voice.partition(".")
    if vendor == "Polly":
        return "-" not in name or name.endswith("-Neural")
    return vendor == "Google" and any(f"{kind}-" in name for kind in _RATED[2:])


class PhoneLine:
    """Speaks and listens in one language."""

    def __init__(self, catalog: Catalog, pack: LanguagePack) -> None:
        self._catalog, self._pack = catalog, pack
        self._hints = hints(catalog, pack.code)
        self._rated = all(knows_rate(one.voice.voice) for one in catalog.languages.values())

    def greet(self, country: str | None, action: str) -> VoiceResponse:
        """The first words: how to go on in other languages, who this is, where emergencies go, and the question."""
        inquiry = Inquiry(channel="voice", country=country)
        wording = Wording(Composer(self._catalog, self._pack, inquiry))
        gather = self._gather(action, LISTEN_SECONDS)
        for key, code in keys.language_keys(self._pack.code, self._catalog.languages):
            other = self._catalog.languages[code]
            there = Wording(Composer(self._catalog, other, inquiry))
            _say(gather, other.voice, _sounding(other, there.invite(key)))
        self._speak(gather, wording.greeting().sentences)
        self._speak(gather, [wording.say("ask")])
        return _listening(gather, action)

    def say(self, reply: Reply, action: str, *, alarm: bool = False) -> VoiceResponse:
        """A reply; unless the call ends with it, the line then listens, after an `alarm` only shortly."""
        document = VoiceResponse()
        verb = document if reply.ends else self._gather(action, LAST_SECONDS if alarm else LISTEN_SECONDS)
        told = [*reply.sentences, reply.reminder]
        self._speak(verb, told, slow=reply.slow)
        if reply.prompt and any(told):
            verb.pause(length=1)
        self._speak(verb, [reply.prompt], slow=reply.slow)
        if not reply.ends:
            return _listening(verb, action)
        document.hangup()
        return document

    def hand_over(self, reply: Reply, number: str, action: str, caller_id: str | None, ring: int) -> VoiceResponse:
        """A reply, then another telephone; at `action` the call goes on when that is over."""
        document = VoiceResponse()
        self._speak(document, reply.sentences, slow=reply.slow)
        dial = Dial(action=action, method="POST", timeout=ring, caller_id=caller_id)
        dial.number(number)
        document.append(dial)
        return document

    def end(self) -> VoiceResponse:
        """Goodbye, and nothing else."""
        document = VoiceResponse()
        self._speak(document, [self._pack.phrases.spoken["bye"]])
        document.hangup()
        return document

    def _gather(self, action: str, seconds: int) -> Gather:
        return Gather(
            input="dtmf speech",
            action=action,
            method="POST",
            language=self._pack.voice.locale,
            hints=self._hints,
            profanity_filter=False,
            action_on_empty_result=True,
            timeout=seconds,
            speech_timeout="auto",
            num_digits=1,
            finish_on_key="",
        )

    def _speak(self, verb: VoiceResponse | Gather, parts: Iterable[str], *, slow: bool = False) -> None:
        """Each part by itself, which is a pause. Slower: by SSML, or else with a pause after every sentence."""
        for part in filter(None, parts):
            said = _sounding(self._pack, part)
            paused = slow and not self._rated
            for piece in speech.sentences(said) if paused else speech.portions(said):
                _say(verb, self._pack.voice, piece, rate=_RATE if slow and self._rated else None)
                if paused:
                    verb.pause(length=1)


def hints(catalog: Catalog, language: str) -> str:
    """Titles and keywords for the recogniser, the commonest topics' first, within Twilio's limits."""
    order = dict.fromkeys((*catalog.menu, *catalog.topics))
    texts = [catalog.topics[topic].texts[language] for topic in order]
    depth = max(len(text.keywords) for text in texts)
    phrases = [text.title for text in texts]
    phrases += [text.keywords[place] for place in range(depth) for text in texts if place < len(text.keywords)]
    kept: list[str] = []
    used = 0
    for phrase in dict.fromkeys(phrase.replace(",", " ") for phrase in phrases):
        used += len(phrase) + 1
        if len(kept) == MAX_HINTS or used > MAX_ALL_HINTS:
            break
        if len(phrase) <= MAX_HINT:
            kept.append(phrase)
    return ",".join(kept)


def apology(packs: Sequence[LanguagePack]) -> VoiceResponse:
    """What a caller hears where the line itself fails, in each of the languages."""
    document = VoiceResponse()
    for pack in packs:
        emergency = pack.phrases.spoken["emergency_number_unknown"]
        _say(document, pack.voice, _sounding(pack, pack.phrases.texts["trouble"].format(emergency=emergency)))
    document.hangup()
    return document


def _listening(gather: Gather, action: str) -> VoiceResponse:
    """The line listens; should Twilio fall through, the next turn comes all the same."""
    document = VoiceResponse()
    document.append(gather)
    document.redirect(action, method="POST")
    return document


def _sounding(pack: LanguagePack, text: str) -> str:
    phrases = pack.phrases
    return speech.spoken(text, pack.lexicon.spoken, phrases.spoken["to"], phrases.counting)


def _say(verb: VoiceResponse | Gather, voice: Voice, text: str, rate: str | None = None) -> None:
    say = Say(None if rate else text, voice=voice.voice, language=voice.locale)
    if rate:
        say.prosody(text, rate=rate)
    verb.append(say)
