"""Takes out of a message what could tell who wrote it. Rather too much than too little: an editor needs none of it."""

import re
import unicodedata
from functools import cache

LONGEST = 500
"""Characters kept: enough to see what was asked."""


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_MONTH = _any(
    "january february april june july august september october november december jan feb apr jun jul aug sept? oct nov"
    " enero febrero abril junio julio agosto sep?tiembre octubre noviembre diciembre"
)
_DAY = _any(
    "monday tuesday wednesday thursday friday saturday sunday mon tues? thurs? fri"
    " lunes martes mi[eé]rcoles jueves viernes s[aá]bado domingo"
)
_MAYBE_DATE = _any("may march mar dec sat sun wed mayo marzo")
"""Words of another sense too: dates beside a number, or with a capital letter inside a sentence."""
_FIGURE = _any(
    "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred double triple"
    " cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta"
    " cuarenta cincuenta sesenta setenta ochenta noventa"
)
_STREET = _any(
    "street st avenue ave road rd boulevard blvd lane ln drive dr court ct place pl way square sq terrace highway hwy"
    " parkway pkwy circle apartment apt suite unit floor"
)
_CALLE = _any("calle avenida avda? carrera cra paseo plaza colonia carretera camino")
_DOMAIN = _any("com org net edu gov mil info biz io co me app dev us uk ca au ie nz in de fr es mx ar cl pe eu tv ly")
_TITLE = _any("dr dra doctora? mrs? ms miss sra? srta prof nurse se[ñn]ora? don do[ñn]a")
_NAMED = (
    r"(?:(?:my|his|her|their)\s(?:(?:full|first|last)\s)?name(?:\sis|'?s)|name\s?:|(?:i\sam|i'?m)\scalled|they\scall\sme"
    r"|(?:me|se)\sllam[oa]|me\sllaman|(?:mi|su)\snombre\ses|nombre\s?:)"
)
_I_AM = r"(?:i\sam|i'?m|this\sis|soy|habla)"
_NOT_A_NAME = (
    "(?!" + _any("and i im i'm my have has with but from y e tengo tiene con pero mi de soy es is in") + r"\b)"
)
_NOT_A_PLACE = "(?!" + _any("my mi the el la un una a an pain dolor constant terrible") + r"\b)"

_W = r"[^\W\d_][\w'-]{0,40}"
_CAPITAL = r"(?!I\b)(?-i:[A-ZÀ-ÖØ-Þ])[\w'-]{0,40}"
_PROPER = rf"{_CAPITAL}(?:,?\s{_CAPITAL}){{0,4}}"
_DATE = rf"(?:{_MONTH}|{_DAY}|{_MAYBE_DATE})"
_TH = r"(?:st|nd|rd|th)?"
_GAP = r"[\s,.-]{0,3}"

_RULES = (
    (r"\b[a-z]{2,10}://\S+|\bwww\.\S+", "[link]"),
    (r"[^\s@]{0,64}@\S{1,200}", "[email]"),
    (rf"\b[\w.-]{{1,40}}\s(?:at|arroba)\s[\w-]{{1,40}}\s(?:dot|punto)\s{_DOMAIN}\b", "[email]"),
    (rf"\b[\w-]{{1,60}}(?:\.[\w-]{{1,60}}){{0,4}}\.{_DOMAIN}\b(?:/\S*)?", "[link]"),
    (rf"(\b{_NAMED}\s?){_NOT_A_NAME}{_W}(?:\s{_NOT_A_NAME}{_W}){{0,3}}", r"\1[name]"),
    (rf"(\b{_TITLE}\b\.?\s){_PROPER}", r"\1[name]"),
    (rf"(\b{_I_AM}\s){_PROPER}", r"\1[name]"),
    (rf"\b\d{{1,4}}{_TH}{_GAP}(?:of\s|de\s)?{_DATE}\b(?:{_GAP}(?:del?\s)?\d{{1,4}}\b)?", "[date]"),
    (rf"\b{_DATE}\b{_GAP}(?:the\s)?\d{{1,4}}{_TH}\b(?:{_GAP}\d{{2,4}}\b)?", "[date]"),
    (r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b", "[date]"),
    (rf"\b(?:{_MONTH}|{_DAY})\b", "[date]"),
    (rf"(?<=[a-zà-ÿ,]\s)(?=(?-i:[MDSW])){_MAYBE_DATE}\b", "[date]"),
    (rf"\b\d{{1,6}}[a-z]?\s(?:{_W}\.?\s){{0,4}}?{_STREET}\b", "[address]"),
    (rf"\b{_CALLE}\s(?:{_W}\s){{0,3}}?(?:{_W}|#?\s?\d{{1,6}})(?:{_GAP}#?\d{{1,6}})?", "[address]"),
    (r"\bp\.?\s?o\.?\s?box\b", "[address]"),
    (rf"(\b(?:live|living|vivo|vive)\s(?:in|at|near|en)\s){_NOT_A_PLACE}{_W}(?:\s{_CAPITAL}){{0,3}}", r"\1[place]"),
    (rf"(\b(?:in|at|from|near|en|de|desde)\s(?:(?:the|el|la)\s)?){_PROPER}", r"\1[place]"),
    (rf"\b{_FIGURE}(?:[\s,-]{{1,3}}(?:(?:and|y)\s)?{_FIGURE}\b){{2,}}", "[number]"),
    (r"[^\s\[\]]*\d[^\s\[\]]*(?:\s[(+]*\d[^\s\[\]]*)*", "[number]"),
)


@cache
def _compiled() -> list[tuple[re.Pattern[str], str]]:
    """At the first use: it takes longer than many a start."""
    return [(re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in _RULES]


def redact(text: str) -> str:
    """`text` without numbers, e-mails, links, dates, names, addresses and places; no digit survives. Never raises."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST].encode("utf-8", "replace").decode())
    plain = "".join(map(_plain, plain))
    plain = " ".join(plain.split())
    if plain.isupper():  # shouted: a capital letter tells nothing
        plain = plain.lower()
    for pattern, instead in _compiled():
        plain = pattern.sub(instead, plain)
    return plain[:LONGEST]


def _plain(character: str) -> str:
    if character in "\u2018\u2019\u02bc":  # apostrophes of telephones' keyboards
        return "'"
    if character.isdigit():  # of any script
        return "0"
    return character if character.isprintable() else " "
