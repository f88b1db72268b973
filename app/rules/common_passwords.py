"""Passwords that everybody tries first: the common ones, and a common word with digits and signs round it (LOGIN-4)."""

import re
import string
from functools import lru_cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

AROUND = string.digits + string.punctuation + string.whitespace
LIKENESS = str.maketrans("@4831!0$57", "aabeiiosst")  # as in P@ssw0rd
NO_LETTER = re.compile(r"[\W\d_]+")
FEWEST_SIGNS = 5
FEWEST_LETTERS = 5  # that make a word with others between them: three of a random password are none


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Some 80,000 passwords, words and names; about 8 MB, from the first password that is checked on."""
    return frozenset(word for words in FREQUENCY_LISTS.values() for word in words)


def _unit(text: str) -> str:
    """What a text repeats: `abc` of `abcabcabc`."""
    period = (text + text).find(text, 1) if text else 0
    return text[:period]


def is_common(password: str) -> bool:
    """Whether it, or what is left of it without its digits and signs at both ends, is on a list."""
    text = password.casefold()
    if len(set(text)) < FEWEST_SIGNS:
        return True
    core = text.strip(AROUND)
    alike = text.translate(LIKENESS).strip(AROUND)
    letters = NO_LETTER.sub("", text)
    tries = {text, core, alike, core.translate(LIKENESS), letters if len(letters) >= FEWEST_LETTERS else ""}
    return any(_unit(one) in _known() for one in tries if one)
