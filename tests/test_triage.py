"""The red flags: every sentence of the book, what must never be missed, and what may excuse a find."""

import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder import text as plain
from responder.catalog import Catalog, load
from responder.catalog.model import Level, RedFlag, RedFlags, Source
from responder.reading import Reader, Token
from responder.triage import Finding, Triage

CONTENT = Path(__file__).parent.parent / "content"
ALARMS = {"emergency", "crisis"}
SOURCE = Source("A page", "A publisher", "https://example.org/", date(2026, 11, 22))


class Line:
    """A language's triage with a reader that mends towards its words."""

    def __init__(self, book: RedFlags, common: tuple[str, ...] = ()) -> None:
        self.triage = Triage(book, plain.stemmer(book.language).stem)
        self._reader = Reader(book.language, known=sorted(self.triage.vocabulary), common=common)

    def read(self, message: str) -> list[Token]:
        return self._reader.read(message)

    def check(self, message: str) -> Finding | None:
        return self.triage.check(self.read(message))

    def level(self, message: str) -> str:
        found = self.check(message)
        return found.level if found and found.excuse is None else "none"

    def fired(self, message: str) -> set[str]:
        return {found.flag for found in self.triage.explain(self.read(message)) if found.excuse is None}


@cache
def pack() -> Catalog:
    return load(CONTENT)


@cache
def line(language: str) -> Line:
    """With the pack's everyday words but without its text-speak: triage must not depend on it."""
    one = pack().languages[language]
    return Line(one.red_flags, one.lexicon.common)


def sentences(kind: str) -> list[tuple[str, str, str]]:
    return [
        (language, rule.id, message)
        for language, one in pack().languages.items()
        for rule in one.red_flags.rules
        for message in getattr(rule, kind)
    ]


def rules() -> list[tuple[str, RedFlag]]:
    return [(language, rule) for language, one in pack().languages.items() for rule in one.red_flags.rules]


Words = tuple[str, ...]


def book(*when: str, unless: Words = (), certain: bool = False, **words: Words) -> RedFlags:
    """A book of one rule."""
    level: Level = "crisis" if certain else "emergency"
    rule = RedFlag("one", level, "Call.", SOURCE, when, unless, (), (), certain)
    named = {"filler": ("my", "a", "is", "so"), "walls": ("but",), "subjects": ("i",), **words}
    past = ("< last year", "used to")
    return RedFlags("en", named, ("no", "not > 3"), ("but",), past, ("what is",), (rule,))


# --- the book ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "rule", "message"), sentences("fires"))
def test_fires(language: str, rule: str, message: str) -> None:
    assert rule in line(language).fired(message)


PLEAS = {
    "en": (
        "{}, help", "{} pls help me", "{}, what do i do", "what should i do, {}", "can you help me {}", "hi, {}",
        "{} can you help", "{} is that normal?", "{} how long should i wait", "{} should i go to the hospital",
    ),
    "es": (
        "{}, ayuda", "ayudenme por favor {}", "{} que hago", "{} es normal?", "{} puede ser grave?", "{} cuanto espero",
        "{} voy al hospital?", "me pueden ayudar {}", "hola, {}", "{} gracias",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("language", "plea"), [(code, plea) for code, pleas in PLEAS.items() for plea in pleas])
def test_a_plea_around_it_silences_no_alarm(language: str, plea: str) -> None:
    one = line(language)
    alarms = [message for code, _, message in sentences("fires") if code == language and one.level(message) in ALARMS]
    silenced = [said for message in alarms if one.level(said := plea.format(message.rstrip(".!?"))) not in ALARMS]
    assert silenced == []


@pytest.mark.parametrize(("language", "rule", "message"), sentences("quiet"))
def test_stays_quiet(language: str, rule: str, message: str) -> None:
    assert rule not in line(language).fired(message)


@pytest.mark.parametrize(("language", "rule"), rules(), ids=lambda value: getattr(value, "id", value))
def test_every_rule_is_complete(language: str, rule: RedFlag) -> None:
    assert len(rule.fires) >= 6
    assert len(rule.quiet) >= 6
    assert rule.certain == (rule.level == "crisis")
    assert len(rule.reason) <= 70


def test_ids_stand_once_and_levels_agree_between_languages() -> None:
    levels: dict[str, set[str]] = {}
    for language, one in pack().languages.items():
        ids = [rule.id for rule in one.red_flags.rules]
        assert len(ids) == len(set(ids)), language
        for rule in one.red_flags.rules:
            levels.setdefault(rule.id, set()).add(rule.level)
    assert all(len(found) == 1 for found in levels.values())


# --- what must not be missed, and what must not alarm (clinical.md, C4) ------------------------------------


@pytest.mark.parametrize(
    "message",
    [
        "my back went out and now i cant feel when i wipe",
        "no fever but i cant pee since this morning",
        "charlie horse then my calf got fat and hot and im out of breath",
        "stepped on nail last week now my jaw wont open",
        "pee looks like coke after crossfit",
        "baby keeps folding up every few seconds",
        "took reglan and my neck is twisting back",
        "my moms face is droopy she says its a twitch",
    ],
)
def test_must_not_be_missed(message: str) -> None:
    assert line("en").level(message) == "emergency"


@pytest.mark.parametrize(
    "message",
    [
        "no numbness, can pee fine, just a back spasm",
        "this cramp is killing me lol",
        "my back seized up",
        "left eye droopy from lack of sleep? it just twitches",
        "can ALS make you stop breathing?",
        "fit and healthy 30yo twitching",
        "saddle sore from cycling",
        "back went out, cant stand up",
        "charley horse 10/10, gone in a minute",
    ],
)
def test_near_misses(message: str) -> None:
    assert line("en").level(message) not in ALARMS


@pytest.mark.parametrize(
    "message",
    [
        "im scared im having a heart attack",
        "i might be having a heart attack",
        "is it a panic attack or am i having a heart attack",
        "i think my mom had a stroke her face is droopy",
        "he had a stroke 2 years ago and now his face is drooping",
        "my marriage is over and i want to end it",
        "i lost my job and keep thinking about suicide",
        "took a bunch of tylenol for my pain and now im sick",
        "i might have overdosed",
        "i cant breathe and my nose is bleeding",
        "my left eye and mouth are drooping",
        "after a back spasm i cant move my legs",
        "after the fall he had a seizure",
        "do you think i am dying",
        "can you give me advice i have chest pain and a numb arm",
        "my chest pain started two weeks ago",
        "my father with dementia suddenly has slurred speech",
        "heavy period bleeding and i feel faint",
    ],
)
def test_no_excuse_goes_too_far(message: str) -> None:
    assert line("en").level(message) in ALARMS


@pytest.mark.parametrize(
    "message",
    [
        "my wife passed away. i took all her morphine",
        "my husband is an actor, on stage he collapsed and is not breathing",
        "in the fire drill he collapsed and isnt breathing",
        "my husband beat me up",
        "my husband hit me is that normal",
        "i think a lot about dying",
    ],
)
def test_no_figure_of_speech_play_or_bereavement_hides_what_is_real(message: str) -> None:
    assert line("en").level(message) in ALARMS


def test_an_old_clot_and_a_new_cramp_are_for_today() -> None:
    assert line("en").level("had a DVT in 2019, cramp last night") == "urgent"


# --- negation and its limits -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("no chest pain", "none"),
        ("she denies chest pain, shortness of breath or fainting", "none"),
        ("no chest pain, shortness of breath or fever", "none"),
        ("i do n't have any chest pain", "none"),
        ("um, no chest pain", "none"),
        ("i dont have chest pain", "none"),
        ("without chest pain", "none"),
        ("no fever but i cant pee", "emergency"),
        ("no fever. i cant pee", "emergency"),
        ("no fever i cant pee", "emergency"),
        ("no i cant breathe", "emergency"),
        ("no fever my chest hurts", "emergency"),
        ("i have no feeling in my legs", "emergency"),
        ("never felt chest pain like this", "emergency"),
        ("not sure why but my chest hurts", "emergency"),
        ("i cannot feel my legs", "emergency"),
        ("the bleeding wont stop", "emergency"),
        ("ca n't breathe", "emergency"),
    ],
)
def test_negation(message: str, level: str) -> None:
    assert line("en").level(message) == level


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("no tengo dolor de pecho", "none"),
        ("sin fiebre ni dolor de pecho", "none"),
        ("nunca he tenido dolor de pecho", "none"),
        ("no tengo fiebre pero no puedo orinar", "emergency"),
        ("no puedo respirar", "emergency"),
        ("no siento las piernas", "emergency"),
        ("¡NO PUEDO RESPIRAR!", "emergency"),
    ],
)
def test_negation_in_spanish(message: str, level: str) -> None:
    assert line("es").level(message) == level


@pytest.mark.parametrize(
    ("message", "excuse"),
    [
        ("i had chest pain last year", "past"),
        ("she had a seizure three years ago", "past"),
        ("when i was a kid i had trouble breathing", "past"),
        ("history of chest pain", "past"),
        ("can als cause trouble breathing", "question"),
        ("do you have any chest pain", "question"),
        ("i had chest pain last year and today again", None),
        ("my chest pain came back", None),
        ("my chest hurts like it did last year", None),
        ("why do i have chest pain", None),
        ("what is this pain in my chest", None),
        ("can stress cause my chest pain", None),
    ],
)
def test_past_and_questions(message: str, excuse: str | None) -> None:
    found = line("en").check(message)
    assert found is not None
    assert found.excuse == excuse


@pytest.mark.parametrize(
    ("message", "excuse"),
    [
        ("in 2015 i broke my neck. For a week i could not move my arms", "past"),
        ("in 2015 i broke my neck. This morning i could not move my arms", None),
        ("i had crushing pain in my chest. That was in 1999", "past"),
        ("i had chest pain on tuesday and the er said it was just reflux", "past"),
        ("chest pain again right now though the er said it was just reflux", None),
        ("the er said it was just reflux. My chest is tight and i sweat", None),
        ("ecg was normal. Now my chest hurts", None),
        ("for my nursing exam: chest pain in women", "question"),
        ("does the flu make people pass out", "question"),
        ("should we worry, she collapsed", None),
    ],
)
def test_the_story_as_a_whole(message: str, excuse: str | None) -> None:
    found = line("en").check(message)
    assert found is not None
    assert found.excuse == excuse


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("En 1998 me mordió una víbora y me pusieron suero. No tuve secuelas.", "none"),
        ("Hace años tengo migraña. Se desmayó y no respira.", "emergency"),
        ("Fui a urgencias por dolor de pecho, el electro salió normal y me dieron de alta.", "none"),
        ("El electro salió normal la semana pasada. Me aprieta el pecho y sudo frío.", "emergency"),
        ("Para mi clase de biología: los síntomas del tétanos.", "none"),
        ("Vi en TikTok que es un derrame, mi mamá tiene la cara torcida.", "emergency"),
        ("Cuál es el número, mi papá no respira.", "emergency"),
        ("¿Ha tenido dolor de pecho? Para nada.", "none"),
        ("Dolor de pecho muy fuerte. No mejora.", "emergency"),
        ("A los dieciocho quise matarme, salí adelante y soy feliz. Busco estiramientos.", "none"),
        ("A los dieciocho quise matarme y hoy me quiero matar otra vez.", "crisis"),
    ],
)
def test_the_story_as_a_whole_in_spanish(message: str, level: str) -> None:
    assert line("es").level(message) == level


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("Any chest pain? No.", "none"),
        ("Short of breath? No. Calf swollen? No.", "none"),
        ("Any chest pain? Yes.", "emergency"),
        ("My chest hurts. No aspirin here.", "emergency"),
        ("Any ideas? No feeling in my legs.", "emergency"),
    ],
)
def test_a_question_that_is_answered_no(message: str, level: str) -> None:
    assert line("en").level(message) == level


@pytest.mark.parametrize(
    ("message", "live"),
    [
        ("my leg is numb", "my leg is numb"),
        ("no fever but my leg is numb", "no but my leg is numb"),
        ("my leg was numb last year. now my arm is", "last year now my arm is"),
        ("what is numbness good for? my leg hurts", "what good for my leg hurts"),
    ],
)
def test_the_words_that_tell_of_now(message: str, live: str) -> None:
    one = Line(book("numb"))
    assert " ".join(token.word for token in one.triage.live(one.read(message))) == live


def test_a_crisis_is_over_only_if_it_is_told_how_it_ended() -> None:
    assert line("en").level("i was suicidal in 2012") == "crisis"
    assert line("en").level("i was suicidal in 2012, therapy helped and i feel good these days") == "none"
    assert line("en").level("i was suicidal in 2012, therapy helped, right now i want to die") == "crisis"


@pytest.mark.parametrize("message", ["i had chest pain last year", "can als cause trouble breathing"])
def test_an_excused_find_is_told_so_that_the_reply_can_add_a_line(message: str) -> None:
    found = line("en").check(message)
    assert found is not None
    assert found.level == "emergency"


def test_a_crisis_is_taken_at_its_word() -> None:
    assert line("en").level("last year i wanted to kill myself") == "crisis"
    assert line("en").level("is it normal that i want to die") == "crisis"


def test_the_highest_level_is_told() -> None:
    assert line("en").level("my chest hurts and i want to end my life") == "crisis"


TYPOS = ["suicidl", "cant breath", "chest panes", "my chset hurts", "she overdosd on pills"]


@pytest.mark.parametrize("message", TYPOS)
def test_typing_errors(message: str) -> None:
    assert line("en").level(message) in ALARMS


# --- the language of the patterns --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "message", "fires"),
    [
        ("chest pain", "my chests is so painful", True),
        ("chest pain", "pain chest", False),
        ("chest pain", "chest big pain", False),
        ("chest pain", "chest. pain", False),
        ("=fit", "having a fit", True),
        ("=fit", "fitness", False),
        ("chest ..2 pain", "chest one two pain", True),
        ("chest ..2 pain", "chest one two three pain", False),
        ("chest .. pain", "chest but pain", False),
        ("(left|right arm) pain", "right arm pain", True),
        ("left (upper arm)? pain", "left pain", True),
        ("left (upper arm)? pain", "left upper arm pain", True),
        ("fever & pain", "pain. And fever", True),
        ("fever & pain", "fever. Two. " + "word " * 30 + ". pain", False),
        ("{sore} knee", "aching knee", True),
        ("{sore} knee", "on fire knee", True),
        ("took # pills", "took 3 pills", True),
        ("took ## pills", "took 3 pills", False),
        ("took ## pills", "took 30 pills", True),
        ("in ####", "in 2019", True),
        ("in ####", "in 3000", False),
        ("^ stroke $", "so my stroke", True),
        ("^ stroke $", "a stroke of luck", False),
    ],
)
def test_patterns(pattern: str, message: str, fires: bool) -> None:
    found = Line(book(pattern, sore=("aching", "on fire"))).fired(message)
    assert bool(found) == fires


def test_a_figure_of_speech_hides_only_what_it_touches() -> None:
    one = Line(book("kill me", unless=("cramp .. kill me",), certain=True))
    assert one.level("this cramp will kill me") == "none"
    assert one.level("this cramp will kill me. He wants to kill me") == "crisis"
    (found,) = one.triage.explain(one.read("this cramp will kill me"))
    assert (found.excuse, found.evidence) == ("figurative", ("kill me",))


def test_two_of_several_signs() -> None:
    one = Line(book("two of {pale} {limp} {mad}", pale=("white as",), limp=("floppy",), mad=("raving", "odd")))
    assert one.level("he is floppy and raving") == "emergency"
    assert one.level("white as chalk. Floppy") == "emergency"
    assert one.level("raving and odd") == "none"
    assert one.level("floppy but not raving") == "none"


def test_a_lasting_part_may_be_long_ago() -> None:
    assert Line(book("~cancer & pain")).level("cancer last year but pain") == "emergency"
    assert Line(book("cancer & pain")).level("cancer last year but pain") == "none"


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("{nothing} pain", "no set of words called {nothing}"),
        ("(left pain", "'(' is not closed"),
        ("left) pain", "unexpected '\\)'"),
        (".. pain", "begins or ends"),
        ("pain big?", "begins or ends"),
        ("pain &", "empty"),
        ("? pain", "follows nothing"),
        ("pain %", "cannot read '%'"),
        ("..", "begins or ends"),
        ("##", "no word that must be said"),
        ("took ### pills", "not ###"),
        ("{loop}", "holds itself"),
        ("two of {filler}", "two or more"),
    ],
)
def test_a_malformed_pattern_is_named(pattern: str, complaint: str) -> None:
    escaped = complaint.replace("{", r"\{").replace("}", r"\}").replace("(", r"\(").replace("?", r"\?")
    with pytest.raises(ValueError, match=f"rule one, pattern .*{escaped}"):
        Triage(book(pattern, loop=("{loop}",)), plain.stemmer("en").stem)


def test_a_malformed_negation_is_named() -> None:
    bad = RedFlags("en", {}, ("no & not",), (), (), (), ())
    with pytest.raises(ValueError, match="negations, entry 'no & not'"):
        Triage(bad, plain.stemmer("en").stem)


def test_vocabulary_holds_the_plain_words() -> None:
    one = Triage(book("chest {sore} ..2 (pain|=aches)", sore=("on fire",)), str)
    assert one.vocabulary >= {"chest", "fire", "pain", "aches"}


# --- promises ----------------------------------------------------------------------------------------------

CALM = (
    "I like the garden.",
    "We watched a movie.",
    "Bananas are yellow.",
    "The store opens at nine.",
    "It rained.",
)
LOUD = tuple(message for language, _, message in sentences("fires") if language == "en")


@given(st.text(max_size=400))
def test_never_raises(message: str) -> None:
    for language in ("en", "es"):
        one = line(language)
        one.triage.explain(one.read(message))


@given(st.lists(st.sampled_from(sorted(line("en").triage.vocabulary)), max_size=60))
def test_never_raises_on_its_own_words(words: list[str]) -> None:
    line("en").check(" ".join(words))


@settings(max_examples=300)
@given(
    st.sampled_from(LOUD),
    st.lists(st.sampled_from(CALM), max_size=3),
    st.lists(st.sampled_from(CALM), max_size=3),
)
def test_calm_words_around_it_never_silence_an_alarm(loud: str, before: list[str], after: list[str]) -> None:
    alone = line("en").level(loud)
    among = line("en").level(" ".join([*before, f"{loud}.", *after]))
    rank = ["none", "urgent", "emergency", "crisis"]
    assert rank.index(among) >= rank.index(alone)


def test_time_grows_no_faster_than_the_message() -> None:
    one = line("en")

    def spent(words: Callable[[int], str], count: int) -> float:
        tokens = one.read(words(count))
        best = 1.0
        for _ in range(5):
            start = time.perf_counter()
            one.triage.check(tokens)
            best = min(best, time.perf_counter() - start)
        return best

    for word in ("pain ", "not ", "chest ", "fever back ", "i cannot ", "pain. back. "):
        assert spent(lambda count, word=word: word * count, 160) < 0.25  # type: ignore[misc]
