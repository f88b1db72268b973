"""What full-text search is called on each database, behind names that say what is wanted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.dialect import SQLITE


@dataclass(slots=True)
class Bound:
    """Values on their way into a statement, each for the place that it is given."""

    values: list[Any] = field(default_factory=list)

    def __call__(self, value: Any) -> str:
        self.values.append(value)
        return f"${len(self.values)}"


# Where in a text another one begins, from 1; 0 where it does not stand.
place_of = "instr({text}, {part})" if SQLITE else "strpos({text}, {part})"
bytewise = "" if SQLITE else ' COLLATE "C"'
json_list = "json_array({})" if SQLITE else "json_build_array({})"
json_rows = "json_group_array(json_array({}))" if SQLITE else "json_agg(json_build_array({}))"

# Numbers bound as a list by `array`, as rows of `value` and `place`.
LISTED = (
    "(SELECT value, key AS place FROM json_each({})) o"
    if SQLITE
    else "unnest({}::bigint[]) WITH ORDINALITY AS o (value, place)"
)

WORDS = "product_words f"
CODES = "product_codes f" if SQLITE else "product_words f"
HIT = "f.rowid" if SQLITE else "f.product"  # the id of the product


def only_if(condition: str, tables: str, conditions: Sequence[str]) -> str:
    """FROM and WHERE that read no table unless `condition`, which knows none of them, holds.

    SQLite would ask it again at every hit; as the outer loop of a join it is asked once.
    """
    if not condition:
        return f"FROM {tables} WHERE {' AND '.join(conditions)}"
    if SQLITE:
        return f"FROM (SELECT 1 WHERE {condition}) g CROSS JOIN {tables} WHERE {' AND '.join(conditions)}"
    return f"FROM {tables} WHERE {' AND '.join([condition, *conditions])}"


Also = Mapping[str, Sequence[str]]  # other words that mean the same as a term
AND, OR = (" AND ", " OR ") if SQLITE else (" & ", " | ")
BEGINNING = " *" if SQLITE else ":*"
LAST = "\U0010fffd"  # stands behind every letter
COMMON = 2_000  # uses from which on a word stands for itself: to gather all that begins so takes long


def _quoted(term: str) -> str:
    mark = '"' if SQLITE else "'"
    return mark + term.replace("\\", "").replace(mark, mark * 2) + mark


def _alone(word: str) -> str:
    """The word itself or its plural; two words are both needed."""
    if " " in word:
        return f"({AND.join(_quoted(part) for part in word.split(' '))})"
    plural = f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"
    return f"({_quoted(word)}{OR}{_quoted(plural)})"


def _sought(term: str, bind: Bound) -> str:
    """Any word that begins so; a single letter, or a word that very many products have, only by itself."""
    if len(term) < 2:
        return f"CAST({bind(_quoted(term))} AS TEXT)"
    alone, begun = _alone(term), f"{_quoted(term)}{BEGINNING}"
    common = f"SELECT 1 FROM search_words WHERE word = {bind(term)} AND uses >= {COMMON}"  # noqa: S608
    return f"CASE WHEN EXISTS ({common}) THEN CAST({bind(alone)} AS TEXT) ELSE CAST({bind(begun)} AS TEXT) END"


def sought(terms: Sequence[str], also: Also, bind: Bound) -> str:
    """The common table expression `sought`, which the queries below are put together from.

    t0, t1, … are the terms; n0, n1, … the terms or one of the words that mean the same, where there are any.
    """
    columns = []
    for place, term in enumerate(terms):
        column = _sought(term, bind)
        columns.append(f"{column} AS t{place}")
        if others := also.get(term):
            same = f"CAST({bind(OR.join(_alone(other) for other in others))} AS TEXT)"
            columns.append(f"'(' || {column} || '{OR}' || {same} || ')' AS n{place}")
    return f"sought AS MATERIALIZED (SELECT {', '.join(columns)})"


def all_of(places: Iterable[int]) -> str:
    """A query for products with each of the terms."""
    return f" || '{AND}' || ".join(f"t{place}" for place in places)


def all_meant(terms: Sequence[str], also: Also) -> str:
    """A query for products with each of the terms, or with a word that means the same."""
    return f" || '{AND}' || ".join(f"{'n' if also.get(term) else 't'}{place}" for place, term in enumerate(terms))


def any_of(queries: Iterable[str]) -> str:
    """A query that one of the queries is enough for."""
    return f" || '{OR}' || ".join(f"'(' || {query} || ')'" for query in queries)


def _held(markers: Iterable[str], bind: Bound) -> str:
    return f"CAST({bind(AND.join(_quoted(marker) for marker in markers))} AS TEXT)"


def anywhere(query: str, markers: Sequence[str], bind: Bound) -> str:
    """A condition on WORDS: the query holds, and the product carries each of the markers."""
    if markers:
        query = f"'(' || {query} || '){AND}' || {_held(markers, bind)}"
    asked = f"(SELECT {query} FROM sought)"  # noqa: S608
    return f"product_words MATCH {asked}" if SQLITE else f"f.words @@ {asked}::tsquery"


def in_name(query: str, markers: Sequence[str], bind: Bound) -> str:
    """A condition on WORDS: the query holds in the name alone, and the product carries each of the markers."""
    held = _held(markers, bind) if markers else ""
    if SQLITE:
        rest = f" || ' AND words : (' || {held} || ')'" if held else ""
        return f"product_words MATCH (SELECT 'name : (' || {query} || ')'{rest} FROM sought)"  # noqa: S608
    rest = f" AND f.words @@ {held}::tsquery" if held else ""
    return f"f.name @@ (SELECT {query} FROM sought)::tsquery{rest}"  # noqa: S608


def code_part(key: str) -> str:
    """What `code_hit` binds for a part of a code; letters and digits only."""
    return f'"{key}"' if SQLITE else f"%{key}%"


def code_hit(place: str) -> str:
    """A condition on CODES: a code holds the part bound at `place`."""
    return f"product_codes MATCH {place}" if SQLITE else f"f.codes LIKE {place}"


def is_word(term: str, bind: Bound) -> str:
    """1 where a word of the vocabulary begins so, or where the term is none that could stand there."""
    if not term.isalpha() or len(term) < 3:
        return "1"
    begun = f"word{bytewise} >= {bind(term)} AND word{bytewise} < {bind(term + LAST)}"
    return f"CASE WHEN EXISTS (SELECT 1 FROM search_words WHERE {begun}) THEN 1 ELSE 0 END"  # noqa: S608
