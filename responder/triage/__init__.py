"""Red flags: does a message speak of an emergency, and if it names one, is it excused?

The rules are content (`content/red_flags/<language>.yaml`). Their patterns are a small language:

    chest pain           words side by side, in any inflection; filler words between them are skipped
    =fit                 this very form only (not "fitness")
    {pain}               any entry of `words.pain`; entries are patterns without "&" and may name other sets
    (left|right arm)     one of several; "(the|his)?" or "very?" may also be missing
    ..   ..2             up to 5 (2) words in between, in the same sentence
    #   ##   ####        a number; one of two or more digits; a year
    ^   $                the message begins here; a sentence ends here
    fever & back pain    parts in any order: same or neighbouring sentence, or within 25 words
    ~cancer & back pain  the part with "~" counts however long ago it was
    two of {a} {b} {c}   any two of these sets, near each other

Filler words are the set `words.filler`. More sets have a part to play if they exist, next to the
book's `negations`, `breaks`, `past` and `questions`:

    walls      single words that ".." never crosses ("no", "but")
    subjects   words that begin a new statement and so end a negation or a question ("i", "she")
    affirms    phrases whose "not" or "never" denies nothing ("never felt pain like this", "not sure")
    history    what makes all that follows an old or feared thing ("history of", "diagnosed with")
    present    what shows, up to three words before or right after, that a thing goes on in spite of "last
               year" ("today", "is")
    returns    what shows the same anywhere later in the sentence ("came back", "again")
    bygone     a time long ago: the sentences after it that tell on in the past (`tells`) are old too;
               with "<" also the sentence before it ("That was in 1974.")
    resolved   how a story ended ("tests were normal"): what comes before is over
    mended     the same, but only of a story of long ago ("fine")
    study      what makes the whole message a lesson, a book, a quiz
    live       what shows that it goes on now ("right now"): these four excuse no sentence that holds it
    opens      how a question of knowledge begins, if its sentence names nobody of `own` ("my", "he")
    asks       what asks after a sign ("any"): denied if the next sentence begins with one of `denials`

An entry of negations, questions and history covers what follows it, an entry of `past` also what
precedes it; one that begins with "<" covers only what precedes it. It reaches to the next break or the
sentence's end, over 8 words or as many as "> 3" at its end says; fillers are not counted.
"""

from responder.triage.check import Excuse, Finding, Triage
from responder.triage.likeness import Likeness

__all__ = ["Excuse", "Finding", "Likeness", "Triage"]
