"""Which word of the catalogue a mistyped one stands for (PROD-1)."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORT_WORD = 5  # letters; up to here one slip is forgiven, above two


def nearest(term: str, words: Sequence[str]) -> str:
    """The vocabulary's word that is one slip away, or two for more than five letters; else an empty text.

    Of words that are equally near, the one that begins with the same letter, then the one used most, comes first.
    """
    if not term.isalpha() or len(term) < 3:
        return ""
    slips = 1 if len(term) <= SHORT_WORD else 2
    near = process.extract(term, words, scorer=OSA.distance, score_cutoff=slips, limit=20)
    return min(near, key=lambda hit: (hit[1], hit[0][0] != term[0], hit[2]))[0] if near else ""
