"""The colours of letters: those of the tokens (`pwa/client/styles/tokens.css`), which mail clients cannot read."""

LIGHT = {
    "paper": "#f4f0ed",
    "card": "#fefbf9",
    "sunk": "#eae3e0",
    "ink": "#2d2029",
    "soft": "#5f5059",
    "line": "#dad1ce",
    "plum": "#632b50",
    "act": "#632b50",
    "on_act": "#fffafd",
    "lamp": "#e6ac45",
    "clay": "#953920",
}
DARK = {
    "paper": "#1b1519",
    "card": "#271f24",
    "sunk": "#110d10",
    "ink": "#eae3de",
    "soft": "#bbadb0",
    "line": "#3e3339",
    "plum": "#e4b9d2",
    "act": "#935b7e",
    "on_act": "#fffafd",
    "lamp": "#e1ad57",
    "clay": "#f1aa92",
}
