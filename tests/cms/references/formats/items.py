"""References as anybody might have written them, made by hypothesis, and some by hand."""

from typing import Any

from hypothesis import strategies as st

from cms.references.formats.items import TYPES

# What is likely to go wrong: signs of TeX, RIS and JSON, dashes, quotes, every script, white space of all kinds.
AWKWARD = "{}\\%&$#_~^\"'`-–—,;:@=/<>()[] \n\t\u00a0\u2028aàÉßøñĳΩЖ中字عربהд\u0301\u200d😀09Az"
words = st.one_of(
    st.text(alphabet=AWKWARD, max_size=25),
    st.text(max_size=25),
    st.sampled_from(
        [
            "The CBT of {braces}", "--", "---", "``quoted''", r"\'{e}", r"\o", "50% & more_of #it $5", "von Neumann",
            "and", "Care and Rest", "others", "ER  - ", "TY  - JOUR", "@article{x,", "a, b", "a, b, c, d", "Jr.", "III",
        ]
    ),
)  # fmt: skip
identifiers = st.sampled_from(
    [
        "",
        "10.1037/0022-3514.61.2.226",
        "10.1002/(SICI)1097(1998)49:8<693::A>3.0.CO;2-0",
        "10.5555/a_b%20{c}\\d~e--f#",
        "no",
    ]
)
isbns = st.sampled_from(["", "0-465-07598-3", "978-3-16-148410-0", "043942089x", "1"])
addresses = st.sampled_from(
    ["", "https://example.org/a_b~c?d=%20&e={f}#g--h", "http://example.org/ö ü\\", "no address"]
)
pages = st.one_of(
    words, st.sampled_from(["226-30", "226–244", "e12", "12, 14-15", "xii-xv", "1-2-3", "A-12", "100-100"])
)
dates = st.one_of(
    st.none(),
    st.lists(st.integers(-3000, 3000), max_size=3).map(lambda parts: {"date-parts": [parts]}),
    st.dates().map(lambda day: {"date-parts": [[day.year, day.month, day.day]]}),
    st.sampled_from(
        [{"raw": "1991-05-03"}, {"literal": "May 1991"}, {"literal": "in press"}, {"date-parts": [["1991"]]}]
    ),
)
people = st.lists(
    st.one_of(
        st.builds(lambda text: {"literal": text}, words),
        st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(("family", "given", "suffix", "non-dropping-particle", "dropping-particle"), words),
        ),
    ),
    max_size=4,
)
items: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES), "title": words.map(lambda text: f"{text} on care")},
    optional={
        **dict.fromkeys(
            ("container-title", "publisher", "volume", "issue", "edition", "number", "genre", "version", "annote"),
            words,
        ),
        "author": people,
        "editor": people,
        "issued": dates,
        "accessed": dates,
        "page": pages,
        "DOI": identifiers,
        "ISBN": isbns,
        "URL": addresses,
    },
)
