"""Words of the trade that mean the same: who types one finds what is named by the other (PROD-1).

Each is written as the search looks for it: without accents and plural, two words with a blank between them.
"""

SAME = (
    ("laptop", "notebook"),
    ("pendrive", "flash drive", "usb stick", "thumb drive", "memory stick"),
    ("phone", "telephone"),
    ("wifi", "wi fi", "wireless"),
    ("earphone", "headset", "headphone"),
    ("webcam", "web cam"),
    ("hdd", "hard drive", "hard disk"),
    ("ssd", "solid state"),
    ("projector", "beamer"),
)
# Only one way: docks and notebooks have displays too, and are no monitors.
MEANT = {"display": ("monitor",), "screen": ("monitor",)}
SYNONYMS = {word: tuple(one for one in group if one != word) for group in SAME for word in group} | MEANT
# Two words that are looked for as one, since goods are not named so.
PAIRS = {
    ("usb", "stick"): "pendrive",
    ("thumb", "drive"): "pendrive",
    ("memory", "stick"): "pendrive",
    ("usb", "key"): "pendrive",
    ("web", "cam"): "webcam",
}


def one_word(words: list[str]) -> list[str]:
    """The words with each pair such as `usb stick` made one."""
    joined: list[str] = []
    for word in words:
        if joined and (pair := PAIRS.get((joined[-1], word))):
            joined[-1] = pair
        else:
            joined.append(word)
    return joined


def synonyms(terms: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The other words for those of the terms that have any."""
    return {term: SYNONYMS[term] for term in terms if term in SYNONYMS}
