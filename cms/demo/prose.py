"""Writes varied prose by rule and seed, so that a library of any size can be tried out.

It is about kettles and ferries on purpose: nothing in it could be taken for advice. The same seed gives
the same bytes on every machine.
"""

import re
from functools import cache
from random import Random

from cms.demo.reader import CONTENT

SLOT = re.compile(r"\{(\w+)\}")
INDEFINITE = re.compile(r"\b([Aa]) (?=[aeio]|u(?!s|ni))")

ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gl",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "qu",
    "r",
    "s",
    "sh",
    "st",
    "str",
    "t",
    "th",
    "tr",
    "v",
    "w",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "oa", "ou"]
CODAS = ["ck", "d", "l", "ld", "ll", "m", "n", "nd", "ng", "nt", "r", "rd", "rn", "rt", "s", "sk", "st", "t", "th", "x"]
TOWN_ENDINGS = ["by", "ford", "wick", "mouth", "combe", "stead", "ley", "ham", "thorpe", "minster", "bury", "cliffe"]
GIVEN = [
    "Ada",
    "Bram",
    "Celia",
    "Dirk",
    "Edda",
    "Finn",
    "Greta",
    "Hugo",
    "Ilona",
    "Jasper",
    "Karin",
    "Linus",
    "Maud",
    "Nils",
    "Olga",
    "Pavel",
    "Quentin",
    "Rosa",
    "Stellan",
    "Tilda",
    "Ursula",
    "Viktor",
    "Wanda",
    "Xenia",
    "Yannick",
    "Zora",
    "Aurel",
    "Brigid",
    "Cosmo",
    "Delia",
    "Emil",
    "Flora",
    "Gideon",
    "Hester",
    "Ivo",
    "Juno",
    "Kaspar",
    "Lotte",
]


@cache
def rules() -> dict[str, list[str]]:
    """Read the words and the grammar: every name with its alternatives."""
    found: dict[str, list[str]] = {}
    for line in lines_of("words.txt"):
        name, _colon, words = line.partition(": ")
        found[name] = sorted({*found.get(name, []), *words.split(", ")})
    name = ""
    for line in lines_of("grammar.txt"):
        if line.startswith("  "):
            found[name].append(line.strip())
        else:
            name = line
            found[name] = []
    found["things"] = [plural(noun) for noun in found["thing"]]
    found["persons"] = [plural(noun) for noun in found["person"]]
    return found


def lines_of(file: str) -> list[str]:
    lines = (CONTENT / file).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def plural(noun: str) -> str:
    """Form a regular English plural."""
    if noun.endswith("man"):
        return noun.removesuffix("man") + "men"
    if noun.endswith(("f", "fe")) and not noun.endswith("ff"):
        return re.sub(r"fe?$", "ves", noun)
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|ch|sh)$", noun) else "s")


class Writer:
    """Writes by one seed. Two writers with the same seed write the same."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)

    def expand(self, rule: str) -> str:
        """Give one alternative of a rule with every slot in it filled."""
        match rule:
            case "name":
                return self.name()
            case "town":
                return self.town()
            case "number":
                return str(self.random.randint(2, 96))
            case "year":
                return str(self.random.randint(1871, 2025))
            case "clock":
                return f"{self.random.randint(5, 23)}:{self.random.randint(0, 59):02}"
        alternative = self.random.choice(rules()[rule])
        return SLOT.sub(lambda match: self.expand(match[1]), alternative)

    def name(self) -> str:
        """Somebody’s name, which nobody bears: the family’s is made of syllables."""
        family = self.syllable() + self.syllable() + self.random.choice(CODAS)
        return self.random.choice(["Mr", "Mrs", "Dr", *self.random.sample(GIVEN, 5)]) + " " + family.capitalize()

    def town(self) -> str:
        """A place that is on no map."""
        return (self.syllable() + self.random.choice(CODAS) + self.random.choice(TOWN_ENDINGS)).capitalize()

    def syllable(self) -> str:
        return self.random.choice(ONSETS) + self.random.choice(VOWELS)

    def line(self, rule: str) -> str:
        """Give a rule as a line by itself: a capital at its start, no full stop."""
        return polish(self.expand(rule))

    def sentence(self) -> str:
        """Give a whole sentence: mostly a statement, at times a question."""
        if self.random.random() < 0.08:
            return polish(self.expand("question")) + "?"
        return polish(self.expand("statement")) + "."

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))


def polish(text: str) -> str:
    """Set the first letter and “an” before vowels."""
    text = INDEFINITE.sub(r"\1n ", text)
    start = 1 if text.startswith("“") else 0
    return text[:start] + text[start].upper() + text[start + 1 :]
