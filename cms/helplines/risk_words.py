"""Words at which help is shown to whoever writes them, and at which a moderator looks first.

The one list, for every form in which somebody writes to somebody. What it does: while such words are typed, the page
shows whom to call; a question that has them stands at the front of the moderators' queue. What it never does: block
or delay what is sent, tell anybody but whoever reads the text anyway, or be stored. It is computed from the text
whenever it is needed and forgotten again; nobody has a mark on them for having written something.

How the phrases were chosen:

- They say that **somebody's life or body is in danger now**: wanting to die, hurting oneself, an overdose, being
  threatened. Sadness, grief, fear and the names of illnesses are not among them: most of what is asked here is
  about these, and help that stands everywhere is seen nowhere.
- Plain and indirect words that people use of themselves, first person first. A phrase is only as long as it has to be
  ("kill myself", not "I want to kill myself").
- Not what is mostly said without meaning it ("this is killing me", "dying to know", "ich lach mich tot").
- Past and present, a friend's danger and one's own are not told apart: a list cannot, a moderator can. A false alarm
  costs a few lines of help that may be scrolled past; a missed one may cost more. So words of the list that somebody
  writes about ("my essay on suicide") show help as well.
- Whole words and phrases, compared without accents, capitals and signs; an apostrophe parts nothing ("can't" and
  "cant" are one), and ß is ss. People write as it comes, so umlauts written as ae, oe and ue stand here too.
- What somebody writes is compared with the phrases of every language: people change language when it gets hard.

Whoever changes the list adds a case to ``tests/vectors/risk.json``, to which ``pwa/client/src/words/risk.ts`` is held
as well. Editors' own list for searches stands under Promoted results and is another thing: it may name whole words
with any ending, since a search is a few words long.
"""

import re
from functools import cache

from cms.publishing.plain import plain

RISK_WORDS: dict[str, tuple[str, ...]] = {
    "en": (
        # Wanting to die
        "suicide",
        "suicidal",
        "suicidally",
        "kill myself",
        "killing myself",
        "killed myself",
        "kms",
        "unalive",
        "unalive myself",
        "end my life",
        "ending my life",
        "end my own life",
        "end it all",
        "ending it all",
        "take my life",
        "taking my life",
        "take my own life",
        "taking my own life",
        "want to die",
        "wants to die",
        "wanted to die",
        "wanna die",
        "wanting to die",
        "wish i was dead",
        "wish i were dead",
        "wish to be dead",
        "want to be dead",
        "better off dead",
        "better off without me",
        "better without me",
        "not be alive",
        "not to be alive",
        "don't want to be alive",
        "no reason to live",
        "no reason to go on",
        "nothing to live for",
        "no point in living",
        "not worth living",
        "not want to live",
        "don't want to live",
        "doesn't want to live",
        "didn't want to live",
        "don't want to be here anymore",
        "don't want to be here any more",
        "don't want to wake up",
        "never wake up",
        "not wake up again",
        "can't go on",
        "cannot go on",
        "can't go on like this",
        "can't do this anymore",
        "can't do this any more",
        "can't take it anymore",
        "can't take it any more",
        "hang myself",
        "hanging myself",
        "shoot myself",
        "drown myself",
        "jump off a bridge",
        "jump in front of a train",
        "say goodbye to everyone",
        # Hurting oneself
        "self harm",
        "self harms",
        "self harming",
        "self harmed",
        "selfharm",
        "self injury",
        "harm myself",
        "harming myself",
        "harmed myself",
        "hurt myself",
        "hurting myself",
        "cut myself",
        "cutting myself",
        "cuts myself",
        "burn myself",
        "burning myself",
        "starve myself",
        "overdose",
        "overdosed",
        "overdosing",
        "took too many pills",
        "taken too many pills",
        "all my pills",
        # Being threatened
        "kill me",
        "hits me",
        "beats me",
        "chokes me",
        "choked me",
        "strangled me",
        "raped",
        "rapes me",
        "abusing me",
        "being abused",
        "hurts my child",
        "hurt my baby",
        "hurt my child",
    ),
    "de": (
        # Sterben wollen
        "suizid",
        "suizidal",
        "suizidale",
        "suizidgedanken",
        "suizidversuch",
        "selbstmord",
        "selbstmordgedanken",
        "selbstmordversuch",
        "freitod",
        "mich umbringen",
        "mich umzubringen",
        "bringe mich um",
        "bring mich um",
        "mich töten",
        "mich toeten",
        "mich zu töten",
        "mich zu toeten",
        "mir das leben nehmen",
        "mir das leben zu nehmen",
        "mein leben beenden",
        "mein leben zu beenden",
        "meinem leben ein ende",
        "schluss machen mit dem leben",
        "allem ein ende",
        "sterben will",
        "will sterben",
        "sterben wollte",
        "wollte sterben",
        "möchte sterben",
        "moechte sterben",
        "sterben möchte",
        "sterben moechte",
        "tot sein",
        "tot zu sein",
        "wäre ich tot",
        "waere ich tot",
        "ich wäre tot",
        "ich waere tot",
        "nicht mehr leben",
        "nicht mehr da sein",
        "nicht mehr aufwachen",
        "nicht mehr aufzuwachen",
        "nie wieder aufwachen",
        "keinen sinn mehr im leben",
        "keinen grund zu leben",
        "nicht mehr lebenswert",
        "lebensmüde",
        "lebensmuede",
        "ohne mich besser dran",
        "besser ohne mich",
        "kann nicht mehr weiter",
        "kann so nicht mehr weiter",
        "halte es nicht mehr aus",
        "halt es nicht mehr aus",
        "halte das nicht mehr aus",
        "mich erhängen",
        "mich erhaengen",
        "mich aufhängen",
        "mich aufhaengen",
        "mich erschießen",
        "mich ertränken",
        "mich ertraenken",
        "vor den zug",
        "von der brücke springen",
        "von der bruecke springen",
        # Sich verletzen
        "selbstverletzung",
        "selbstverletzungen",
        "selbst verletzen",
        "selbst verletzt",
        "selbst zu verletzen",
        "verletze mich",
        "ritze mich",
        "ritzt sich",
        "mich ritzen",
        "mich zu ritzen",
        "mich geritzt",
        "schneide mich",
        "mich schneiden",
        "mich zu schneiden",
        "überdosis",
        "ueberdosis",
        "zu viele tabletten",
        "alle tabletten",
        # Bedroht werden
        "bringt mich um",
        "mich umbringt",
        "schlägt mich",
        "schlaegt mich",
        "würgt mich",
        "wuergt mich",
        "mich gewürgt",
        "mich gewuergt",
        "vergewaltigt",
        "vergewaltigung",
        "missbraucht mich",
        "mich missbraucht",
        "meinem kind etwas an",
        "meinem kind weh",
    ),
}
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")


def as_compared(text: str) -> str:
    """Give a text as it is compared with the phrases: a space between two words, nothing else between letters."""
    return plain(_APOSTROPHE.sub("", text).replace("ß", "ss").replace("ẞ", "ss"))


@cache
def phrases() -> tuple[str, ...]:
    """Give the phrases of every language as they are compared, each once: what a page is given for its script."""
    return tuple(dict.fromkeys(as_compared(phrase) for words in RISK_WORDS.values() for phrase in words))


def has_risk_words(*texts: str) -> bool:
    """Say whether one of some texts has a phrase of the list in it, as whole words."""
    return any(_has_one(f" {as_compared(text)} ") for text in texts)


def _has_one(compared: str) -> bool:
    return any(f" {phrase} " in compared for phrase in phrases())
