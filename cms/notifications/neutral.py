"""Words that no subject may have: a subject is seen on locked screens, by others, and by whoever carries letters."""

import re

# Beginnings of words, in the languages of the interface. "Consult" and its like tell what kind of a site this is.
TELLING = (
    *("abus", "addict", "anx", "attach", "autis", "bipolar", "burnout", "clinic", "consult", "couns", "crisis"),
    *("depress", "diagnos", "disorder", "drug", "eating", "emergenc", "grief", "heal", "help", "illness", "medic"),
    *("mental", "panic", "patient", "psych", "self-harm", "sex", "sleep", "stress", "suicid", "symptom", "therap"),
    *("trauma", "treat"),
    *("angst", "arzt", "behandl", "beratung", "bindung", "erstgespräch", "essst", "gesund", "heil", "hilfe", "klinik"),
    *("krank", "krise", "notfall", "panik", "schlaf", "seel", "selbstverletz", "sprechstunde", "störung", "sucht"),
    *("suizid", "sympto", "trauer", "traurig"),
)
FOUND = re.compile(rf"\b(?:{'|'.join(map(re.escape, TELLING))})", re.IGNORECASE)


def telling_words(subject: str) -> list[str]:
    """Name what in a subject tells of somebody's health, or of why they are here; nothing where it is neutral."""
    return FOUND.findall(subject)
