"""How a text becomes words and codes that are compared: the same for what is kept and for what is typed."""

import re
import unicodedata
from hashlib import blake2s
from itertools import pairwise

from app.rules.search_synonyms import one_word

WORD = re.compile(r"[^\W_]+")
UNTYPABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
NOT_IN_CODES = re.compile(r"[^A-Z0-9]+")
MEASURES = "gb tb mb w kw v va kva mah ah hz khz mhz ghz mm cm m ft in mp nm rpm cfm bit gbps mbps u"
UNITS = frozenset(MEASURES.split(" "))
LONGEST_WORD = 40
MOST_NAME_WORDS = 80
MOST_OTHER_WORDS = 160
LONGEST_QUERY = 200
MOST_TERMS = 10


def folded(text: str) -> str:
    """Lower case without accents: `Café` is `cafe`, `ﬁ` is `fi`, `ß` is `ss`."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def code_key(text: str) -> str:
    """Letters and digits of a SKU, VPN or UPC in capitals: how codes are compared."""
    return NOT_IN_CODES.sub("", folded(text).upper())


def number_key(text: str) -> str:
    """Letters and digits of any script: how a company's own part numbers are compared. In ASCII it is `code_key`."""
    return "".join(char for char in folded(text).upper() if char.isalnum())


def _with_units(words: list[str]) -> list[str]:
    """`16 gb` is one word as well: `16gb`."""
    return [one + two for one, two in pairwise(words) if two in UNITS and one.isdigit()]


def _words(text: str, most: int) -> list[str]:
    words = [word[:LONGEST_WORD] for word in WORD.findall(folded(text))]
    return list(dict.fromkeys([*words, *_with_units(words)]))[:most]


def _marker(kind: str, text: str) -> str:
    """A word that nobody types, for finding all of one vendor or category together with words."""
    return kind + blake2s(text.encode(), digest_size=6).hexdigest()


def vendor_marker(name: str) -> str:
    return _marker("v0", folded(name).strip())


def category_marker(path: str) -> str:
    return _marker("c0", path)


def branch(path: str) -> list[str]:
    """`A`, `A > B`, `A > B > C`."""
    parts = path.split(" > ") if path else []
    return [" > ".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def words_of(name: str, vendor: str, category_path: str, description: str, vpn: str, sku: str) -> str:
    """What `products.words` holds: the name's words, then all others, then markers, about 8,000 characters at most.

    Every word stands between two blanks, so that a whole word is found as ` word `.
    """
    first = _words(f"{name} {vendor}", MOST_NAME_WORDS)
    codes = [key for key in (code_key(vpn).lower(), code_key(sku).lower()) if key]
    others = _words(f"{vpn} {sku} {category_path} {description}", MOST_OTHER_WORDS)
    markers = [vendor_marker(vendor)] if vendor.strip() else []
    markers += [category_marker(path) for path in branch(category_path)]
    rest = [word for word in dict.fromkeys([*codes, *others]) if word not in set(first)]
    return f" {' '.join(first)} \n {' '.join(rest)} \n {' '.join(markers)} "


def _stem(word: str) -> str:
    """What a plural begins with, since words are found by their beginnings: `docks` finds `dock`."""
    for end in ("ches", "shes", "xes", "sses"):
        if word.endswith(end) and len(word) > len(end) + 1:
            return word[:-2]
    if word.endswith("ies") and len(word) > 5:
        return word[:-3]
    if word.endswith("s") and len(word) > 3 and word[-2] not in "sui" and word.isalpha():
        return word[:-1]
    return word


def terms_of(query: str) -> list[str]:
    """The words that are looked for, at most ten, each once: `16 GB docks` is `16gb dock`."""
    words = [word[:LONGEST_WORD] for word in WORD.findall(folded(query[:LONGEST_QUERY]))]
    joined: list[str] = []
    for word in words:
        if joined and word in UNITS and joined[-1].isdigit():
            joined[-1] += word
        else:
            joined.append(word)
    return list(dict.fromkeys(one_word([_stem(word) for word in joined])))[:MOST_TERMS]


def is_typable(query: str) -> bool:
    """Whether every database takes the text: no control characters, no lone surrogates."""
    return not UNTYPABLE.search(query)
