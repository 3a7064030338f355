"""Commands with typos and politeness, opting out in free words, and the notice of a first contact."""

import pytest

from responder import carrier, segments
from responder.compose import MAX_SEGMENTS, Composer
from responder.engine import Engine
from responder.turn import Dialogue, Inquiry, Reply

TOLD = Dialogue(language="en", topic="leg-cramp")


def command(engine: Engine, message: str, dialogue: Dialogue = TOLD, **inquiry: object) -> Reply:
    return engine.respond(Inquiry(message, **inquiry), dialogue)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "message",
    ["more", "MORE!", "mroe", "moree", "more please", "ok, more pls", "tell me more", "tel me more", "next", "más"],
)
def test_more_in_many_ways(engine: Engine, message: str) -> None:
    assert command(engine, message).section == "symptoms"


@pytest.mark.parametrize(
    ("message", "section"),
    [
        ("causes", "causes"),
        ("caues", "causes"),
        ("the causes please", "causes"),
        ("what causes it?", "causes"),
        ("why", "causes"),
        ("simptoms", "symptoms"),
        ("how to stop it", "treatment"),
        ("how do i get rid of it", "treatment"),
        ("what should i do", "treatment"),
        ("prevnt", "prevention"),
        ("how long will it last", "outlook"),
        ("when should I worry", "worry"),
        ("should i see a doctr", "worry"),
        ("causas", "causes"),
        ("cómo se quita", "treatment"),
        ("es grave", "worry"),
    ],
)
def test_section_words_in_many_ways(engine: Engine, message: str, section: str) -> None:
    reply = command(engine, message)
    assert (reply.topic, reply.section) == ("leg-cramp", section)


@pytest.mark.parametrize(
    "message",
    [
        "I want more magnesium",
        "more cramps than yesterday in my calf",
        "what causes eyelid twitching",
        "stop it hurts my leg cramp",
        "how do i stop my calf from cramping",
        "help my back went out",
        "menu pains after leg cramp",
        "no more cramps at night please what helps my calf",
        "thanks but my neck spasm is back",
        "my core is sore",
        "can you start a leg cramp by stretching",
    ],
)
def test_a_command_word_in_a_longer_question_is_none(engine: Engine, message: str) -> None:
    assert command(engine, message, Dialogue()).command is None


OPT_OUTS = [
    "stop texting me",
    "Please stop texting me!!!",
    "stop textin me",
    "opt out please",
    "opt-out",
    "OPT ME OUT NOW",
    "remove me from this list",
    "take me off your list please",
    "please unsubscribe me",
    "don't text me anymore",
    "do not contact me again",
    "no more messages",
    "stop sending me messages",
    "leave me alone",
    "I revoke my consent",
    "Stop.",
    "stop please",
    "stop it",
    "no quiero mas mensajes",
    "no quiero más mensages",
    "dejen de escribirme",
    "Por favor dejen de escribirme",
    "ya no me manden mensajes",
    "quítenme de la lista",
    "deme de baja",
    "dejen de mandarme mensajes",
    "I want you to stop texting me",
    "can you please stop sending me these messages",
    "thanks but please stop texting me",
    "how do i stop getting these texts",
    "How do I unsubscribe?",
    "i no longer wish to receive text messages from you",
    "I'd like to opt out",
    "don't ever text this number again",
    "remove this number",
    "you have the wrong number",
    "i never signed up for this",
    "i'm not interested",
    "STOP STOP STOP",
    "stoppp",
    "unsuscribe",
    "ya no quiero que me escriban",
    "cómo me doy de baja",
    "quiero dejar de recibir mensajes",
    "no manden más mensajes",
    "basta de mensajes",
    "me equivoqué de número",
    "no me molesten",
    "Ya no me molesten por favor",
    "dejen de molestar",
]


@pytest.mark.parametrize("message", OPT_OUTS)
@pytest.mark.parametrize("channel", ["sms", "whatsapp", "web"])
def test_free_words_for_no_more_texts_are_honoured_once(engine: Engine, message: str, channel: str) -> None:
    reply = command(engine, message, Dialogue(), channel=channel)
    assert reply.command == "stop"
    assert "START" in reply.text
    assert not reply.reminder
    again = command(engine, message, Dialogue(), channel=channel, opted_out=True)
    assert (again.command, again.text) == ("stop", "")


@pytest.mark.parametrize(
    "message",
    [
        "make it stop",
        "it wont stop",
        "stop the cramps",
        "STOP it hurts",
        "i want to stop the pain in my calf",
        "leave my leg alone or stretch it",
        "no mas calambres",
        "ya no puedo con el calambre",
        "how do i end a hiccup",
        "how do i stop this",
        "i want it to stop",
        "no more pain please",
        "cancel my leg cramp",
        "my thumb cramps when texting should i stop texting",
        "i dont get your message",
        "can you text me about leg cramps",
        "quítenme el dolor",
        "que pare ya",
        "no quiero más calambres",
    ],
)
def test_what_someone_in_pain_texts_is_no_opt_out(engine: Engine, message: str) -> None:
    assert command(engine, message, Dialogue()).command != "stop"


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_command_can_hide_a_red_flag(engine: Engine, language: str) -> None:
    """In the language of its pack, and in the one that the line would read it in, whatever was spoken before."""
    for pack in engine.catalog.languages.values():
        for name, ways in pack.phrases.commands.items():
            for way in ways:
                own, read = engine.languages[pack.code], engine.explain(Inquiry(way), Dialogue(language=language))
                found = [own.triage.check(own.reader.read(way)), *read.findings]
                assert not any(finding and not finding.excuse for finding in found), (name, way)


@pytest.mark.parametrize("message", ["i cant breathe", "i want to die", "no puedo respirar", "fever and back pain"])
def test_red_flags_are_answered_to_who_said_stop(engine: Engine, message: str) -> None:
    assert command(engine, message, Dialogue(), opted_out=True).text


@pytest.mark.parametrize("message", ["emergency", "911", "ambulance", "emergencia"])
@pytest.mark.parametrize("opted_out", [False, True])
def test_who_texts_only_for_an_emergency_is_told_the_number(engine: Engine, message: str, opted_out: bool) -> None:
    assert "911" in command(engine, message, Dialogue(), country="US", opted_out=opted_out).text


@pytest.mark.parametrize("message", ["ok thanks", "Okay, thank you!", "vale gracias", "ok, muchas gracias"])
def test_what_is_all_politeness_is_thanks(engine: Engine, message: str) -> None:
    assert command(engine, message).command == "thanks"


@pytest.mark.parametrize("message", ["2", "two", "2 please", "option 2", "press two", "el dos", "opción 2"])
def test_a_number_in_many_ways(engine: Engine, message: str) -> None:
    assert command(engine, message, Dialogue(choices=("als", "leg-cramp"))).topic == "leg-cramp"


@pytest.mark.parametrize("channel", ["sms", "voice"])
@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("the stomach one please", "belly-cramp"),
        ("i mean the leg", "leg-cramp"),
        ("it's my calf", "leg-cramp"),
        ("tummy", "belly-cramp"),
        ("menstrual", "period-cramp"),
        ("en el estómago", "belly-cramp"),
        ("the second one", "belly-cramp"),
        ("3rd", "period-cramp"),
        ("cramps", None),
        ("restless legs", "restless-legs"),
    ],
)
def test_a_choice_is_taken_in_many_words(engine: Engine, message: str, topic: str | None, channel: str) -> None:
    offered = Dialogue(language="es" if "ó" in message else "en", choices=("leg-cramp", "belly-cramp", "period-cramp"))
    assert command(engine, message, offered, channel=channel).topic == topic


@pytest.mark.parametrize(
    ("message", "said"), [("both", "one of the numbers"), ("do you sell magnesium oil in bulk", "I have nothing")]
)
def test_what_does_not_choose_leaves_the_choice_open(engine: Engine, message: str, said: str) -> None:
    offered = Dialogue(language="en", choices=("als", "leg-cramp"))
    reply, after = engine.respond(Inquiry(message), offered)
    assert (reply.outcome, after.choices) == ("fallback", offered.choices)
    assert said in reply.text


@pytest.mark.parametrize(
    ("message", "section"),
    [
        ("so what are the symptoms", "symptoms"),
        ("what are the treatments", "treatment"),
        ("is it hereditary", "causes"),
        ("can i prevent this", "prevention"),
        ("how long until it heals", "outlook"),
        ("is that serious", "worry"),
        ("cuáles son las causas", "causes"),
        ("y el tratamiento", "treatment"),
        ("what are the symptoms of lupus", None),
        ("how do i stop smoking", None),
        ("what causes headaches", None),
    ],
)
def test_a_question_that_names_no_topic_goes_on_with_the_one_told(
    engine: Engine, message: str, section: str | None
) -> None:
    reply = command(engine, message)
    assert reply.section == section
    assert reply.topic == ("leg-cramp" if section else None)


@pytest.mark.parametrize("message", ["leg cramp", "more", "2", "menu", "hello", "help", "no", "", "qwertz", "nurse"])
def test_nothing_else_is(engine: Engine, message: str) -> None:
    reply, dialogue = engine.respond(Inquiry(message, opted_out=True), TOLD)
    assert not reply.text
    assert dialogue == TOLD


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_notice_fits_every_topic(engine: Engine, language: str) -> None:
    notice = engine.catalog.languages[language].phrases.texts["notice"]
    for topic, one in engine.catalog.topics.items():
        before = Dialogue(language=language, choices=(topic,))
        reply, after = engine.respond(Inquiry("1", first=True), before)
        assert (reply.topic, reply.reminder, reply.prompt) == (topic, notice, "")
        assert one.texts[language].see_doctor in reply.text
        assert after.met
        assert segments.cost(segments.fold(reply.text)).segments <= MAX_SEGMENTS


@pytest.mark.parametrize("message", ["hello", "menu", "cramps", "qwertz", "", "thanks", "more", "leg cramp", "5"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_notice_comes_with_whatever_is_said_first_and_only_once(
    engine: Engine, message: str, language: str
) -> None:
    reply, after = engine.respond(Inquiry(message, first=True), Dialogue(language=language))
    notice = engine.catalog.languages[reply.language].phrases.texts["notice"]
    assert notice in reply.text
    assert segments.cost(segments.fold(reply.text)).segments <= MAX_SEGMENTS
    assert notice not in engine.respond(Inquiry(message, first=True), after)[0].text


@pytest.mark.parametrize("country", [None, "US", "GB", "ES"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_beside_whom_to_call_if_it_is_happening_now_the_notice_is_short(
    engine: Engine, language: str, country: str | None
) -> None:
    pack = engine.catalog.languages[language]
    compose = Composer(engine.catalog, pack, Inquiry(country=country))
    now = pack.phrases.texts["happening_now"].format(emergency=compose.emergency_number())
    for topic in engine.catalog.topics:
        reply = compose.introduced(compose.if_now(compose.answer(topic)))
        assert reply, topic
        assert reply.text.endswith(f"{now}\n{pack.phrases.texts['notice_short']}"), topic


def test_calls_have_no_notice(engine: Engine) -> None:
    reply, after = engine.respond(Inquiry("leg cramp", channel="voice", first=True))
    assert not after.met
    assert "STOP" not in reply.text


def test_help_is_notice_enough(engine: Engine) -> None:
    reply, after = engine.respond(Inquiry("what is this", first=True))
    assert "STOP" in reply.text
    assert after.met


@pytest.mark.parametrize(
    ("text", "channel", "opt_out_type", "keyword"),
    [
        ("STOP", "sms", "", "stop"),
        (" Cancel ", "rcs", "", "stop"),
        ("YES", "sms", "", "start"),
        ("info", "sms", "", "help"),
        ("STOP PLEASE", "sms", "", None),
        ("stop it hurts", "sms", "", None),
        ("STOP", "whatsapp", "", None),
        ("ARRET", "whatsapp", "STOP", "stop"),
        ("leg cramp", "sms", "HELP", "help"),
        ("leg cramp", "sms", "<x>", None),
    ],
)
def test_what_twilio_has_answered_itself(text: str, channel: str, opt_out_type: str, keyword: str | None) -> None:
    assert carrier.answered(text, channel, opt_out_type) == keyword
