"""What LIKE looks for in a search that asks for a part of a text."""

LONGEST = 100


def holding(typed: str) -> str:
    r"""A pattern for lower-case text that holds what was typed, to be used with ESCAPE '\'; "" for any."""
    wanted = " ".join(typed.split()).lower()[:LONGEST]
    for special in ("\\", "%", "_"):
        wanted = wanted.replace(special, f"\\{special}")
    return f"%{wanted}%" if wanted else ""
