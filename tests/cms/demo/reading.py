"""The readable words of a block’s value."""

import re


def readable(value: object) -> str:
    """Give the words of a value without markup, ids and kinds."""
    if isinstance(value, dict):
        return "\n".join(readable(part) for key, part in value.items() if key not in {"id", "type", "level"})
    if isinstance(value, list):
        return "\n".join(readable(part) for part in value)
    return re.sub(r"<[^>]+>", " ", str(value))
