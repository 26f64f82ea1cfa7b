"""LaTeX as it is written in BibTeX files, to text and back.

What is written is Unicode, with only those signs escaped that mean something to TeX; what is read may spell every
accent out. Braces are grouping and protection of capitals: they are read as nothing. No recursion follows the file.
"""

import re
import unicodedata

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    '"': "\u0308",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
# fmt: off
WORDS = {
    "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textbar": "|", "textless": "<",
    "textgreater": ">", "textunderscore": "_", "textdollar": "$", "textquotesingle": "'", "textquotedbl": '"',
    "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "textellipsis": "…", "slash": "/",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "quotedblbase": "„", "quotesinglbase": "‚", "guillemotleft": "«", "guillemotright": "»", "S": "§", "P": "¶",
    "copyright": "©", "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£",
    "textsterling": "£", "euro": "€", "texteuro": "€", "textdegree": "°", "textperiodcentered": "·",
    "times": "×", "pm": "±", "cdot": "·", "sim": "~", "leq": "≤", "geq": "≥", "infty": "∞", "backslash": "\\",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Delta": "Δ", "Omega": "Ω", "textregisteredmark": "®", "TeX": "TeX", "LaTeX": "LaTeX",
}
# fmt: on
# Say how text looks, or nothing: their arguments are the text.
LOOKS_WORDS = """
    emph textit textbf textsc textrm textsf texttt textup textmd textnormal textsuperscript textsubscript mathrm mathit
    mathbf bf it em rm sc tt sf mbox hbox text ensuremath url href path protect relax noopsort enquote uppercase
    MakeUppercase bibinfo bibfield natexlab penalty newblock urlprefix doi
"""
LOOKS = frozenset(LOOKS_WORDS.split())
SPACES = frozenset(" ,;:\\\n\t")
SILENT = frozenset("-/@!()[]")

TOKEN = re.compile(r"\\([A-Za-z]+)\*?[ \t\n]*|\\(.)|(-{2,3}|``|''|[{}$~])", re.DOTALL)
GROUP = re.compile(
    r"\s*(?:\{\s*(?:\\([ij])(?:\{\})?|([^\W\d_])([^{}\\]{0,20}))\s*\}|\\([ij])(?![A-Za-z])\s?|([^\W\d_]))"
)
MARKS = {"--": "–", "---": "—", "``": "“", "''": "”", "{": "", "}": "", "$": "", "~": " "}


def decoded(text: str, unknown: set[str] | None = None, verbatim: bool = False) -> str:
    """Give LaTeX as text. Names of commands nobody knows are left out, and added to ``unknown``.

    ``verbatim`` is for addresses and DOIs, where dashes, tildes and dollars stand for themselves.
    """
    if not re.search(r"[\\{}$~]|--|``|''", text):
        return text
    made, at = [], 0
    while match := TOKEN.search(text, at):
        made.append(text[at : match.start()])
        at = match.end()
        word, symbol, mark = match.groups()
        if mark:
            made.append(mark if verbatim and mark not in "{}" else MARKS[mark])
        elif (word or symbol) in ACCENTS and (argument := GROUP.match(text, at)):
            made.append(accented(word or symbol, argument))
            at = argument.end()
        elif word:
            made.append(WORDS.get(word, ""))
            if unknown is not None and word not in WORDS and word not in LOOKS:
                unknown.add(word)
        elif symbol in SPACES:
            made.append(" ")
        elif symbol not in SILENT and symbol not in ACCENTS:
            made.append(symbol)
    return "".join([*made, text[at:]])


def accented(accent: str, argument: re.Match[str]) -> str:
    """Give a letter with its accent, and what stood behind it in the same braces."""
    dotless, letter, rest, bare_dotless, bare = argument.groups()
    base = dotless or letter or bare_dotless or bare
    return unicodedata.normalize("NFC", base + ACCENTS[accent]) + (rest or "")


ESCAPES = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
VERBATIM_ESCAPES = {sign: ESCAPES[sign] for sign in "\\{}"}


def encoded(text: str, verbatim: bool = False) -> str:
    """Give text as LaTeX: Unicode, with what TeX would take for its own escaped. Braces balance, whatever the text."""
    escapes = VERBATIM_ESCAPES if verbatim else ESCAPES
    made = "".join(escapes.get(sign, sign) for sign in text)
    # Two of these would be read as one dash or quotation mark.
    return made if verbatim else re.sub(r"(?<=-)-|(?<=`)`|(?<=')'", lambda match: "{}" + match[0], made)


def title_encoded(text: str) -> str:
    """Give a title as LaTeX, with braces around words whose capitals a style must not take away."""
    words = text.split(" ")
    return " ".join(protected(word, first=number == 0) for number, word in enumerate(words))


def protected(word: str, first: bool) -> str:
    """Give a word of a title, in braces where it has a capital; the first letter of a title keeps its own anyway."""
    has_capital = any(letter.isupper() for letter in (word[1:] if first else word))
    return "{" + encoded(word) + "}" if has_capital else encoded(word)
