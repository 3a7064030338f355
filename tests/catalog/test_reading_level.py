"""Syllables by a table of words, grades by sums done by hand."""

import pytest

from responder.catalog.reading_level import readability, syllables

ENGLISH = """
1: a I the eye eyes leg cramp cramps twitch helped walked walk nerve nerves cause one once hour breathe breath
1: called tired rolled ache aches squeeze nurse safe here worse goes does dose bruise can't don't times knees those
2: doctor muscle muscles spasm spasms twitches wanted needed tighten ankle little table able gentle settles
2: painful rarely safely careful movement severe being doing going dying lying trying people every fluid ruined
2: isn't couldn't stretches changes doses uses special patient science quiet handled something tiny weakness massage
3: medicine exercise alcohol period pharmacist serious infection area idea reaction carrying severely
3: physical examine calcium swallowing tiredness diseases everyone
4: emergency diabetes anxiety ability magnesium potassium experience ibuprofen neurologist usually diagnosis
"""
SPANISH = """
1: y que muy rey hoy hay a
2: ciudad país día días león quedar guerra agua huevo ruido nervio lumbar niño ojo llame tiene diario leer caer
3: médico músculo espalda calambre ahora pingüino cuidado siguiente seguía idea tarea
4: cirujano enfermera neurólogo aéreo vehículo emergencias cirugía
5: fisioterapia
"""


def _table(text: str) -> list[tuple[str, int]]:
    rows = (line.split(": ") for line in text.split("\n") if line)
    return [(word, int(count)) for count, words in rows for word in words.split()]


@pytest.mark.parametrize(("word", "count"), _table(ENGLISH))
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word, "en") == count


@pytest.mark.parametrize(("word", "count"), _table(SPANISH))
def test_spanish_syllables(word: str, count: int) -> None:
    assert syllables(word, "es") == count


def test_figures_count_one_and_abbreviations_their_letters() -> None:
    assert [syllables(word, "en") for word in ("911", "2nd", "MRI", "ALS", "I")] == [1, 1, 3, 3, 1]


def test_the_english_grade_is_flesch_kincaid() -> None:
    # 10 words, 2 sentences, 13 syllables: 0.39 * 5 + 11.8 * 1.3 - 15.59 = 1.7
    found = readability("See a doctor today. Most leg cramps go with water.", "en")
    assert found
    assert (found.scale, found.score, found.verdict) == ("Flesch-Kincaid grade", 1.7, "easy")


def test_the_spanish_score_is_szigriszt_on_the_inflesz_scale() -> None:
    # 8 words, 2 sentences, 13 syllables: 206.835 - 62.3 * 13 / 8 - 4 = 101.6
    found = readability("Vea a un médico hoy. Beba más agua.", "es")
    assert found
    assert (found.scale, found.score, found.verdict) == ("INFLESZ", 101.6, "easy")


@pytest.mark.parametrize(
    ("text", "language", "verdict"),
    [
        ("The leg hurts. Rest it.", "en", "easy"),
        ("Many different problems can make a muscle tighten in the night, so ask.", "en", "hard"),
        ("Electrolyte abnormalities occasionally precipitate involuntary contractions.", "en", "too hard"),
        ("Le duele la pierna. Descanse.", "es", "easy"),
        ("Las alteraciones electrolíticas ocasionalmente precipitan contracciones involuntarias.", "es", "too hard"),
    ],
)
def test_verdicts(text: str, language: str, verdict: str) -> None:
    found = readability(text, language)
    assert found is not None
    assert found.verdict == verdict, found


def test_the_names_of_the_topic_count_as_short_in_every_inflection() -> None:
    text = "Fasciculations come and go."
    hard, easy = readability(text, "en"), readability(text, "en", exempt=["benign fasciculation"])
    assert hard
    assert easy
    assert easy.score < hard.score - 8
    assert hard.long_words == ("Fasciculations",)
    assert easy.long_words == ()


def test_long_words_come_longest_first() -> None:
    found = readability("An infection is an emergency.", "en")
    assert found
    assert found.long_words == ("emergency", "infection")


def test_a_language_without_a_formula_and_a_text_without_words_have_no_grade() -> None:
    assert readability("De fiets is stuk.", "nl") is None
    assert readability("...", "en") is None
