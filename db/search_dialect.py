"""What full-text search is called on each database, behind names that say what is wanted."""

from collections.abc import Iterable

from db.dialect import SQLITE

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


def _quoted(term: str) -> str:
    mark = '"' if SQLITE else "'"
    return mark + term.replace("\\", "").replace(mark, mark * 2) + mark


def _beginning(term: str) -> str:
    """A word that begins so; a single letter or digit stands for itself, since half of all words begin with it."""
    if len(term) < 2:
        return _quoted(term)
    return _quoted(term) + (" *" if SQLITE else ":*")


def all_of(terms: Iterable[str]) -> str:
    """A query for products with a word that begins with each of the terms."""
    return (" AND " if SQLITE else " & ").join(_beginning(term) for term in terms)


def any_of(queries: Iterable[str]) -> str:
    """A query that one of the queries is enough for."""
    return (" OR " if SQLITE else " | ").join(f"({query})" for query in queries)


def marked(query: str, markers: Iterable[str]) -> str:
    """The query for those products only that carry each of the markers."""
    both = " AND " if SQLITE else " & "
    return both.join([f"({query})", *(_quoted(marker) for marker in markers)])


def in_name(query: str, markers: Iterable[str]) -> list[str]:
    """The queries that `named` binds: by the name's words, then by the markers on PostgreSQL."""
    if SQLITE:
        return [" AND ".join([f"name : ({query})", *(f"words : {_quoted(marker)}" for marker in markers)])]
    held = " & ".join(_quoted(marker) for marker in markers)
    return [query, held] if held else [query]


def words_hit(place: str) -> str:
    """A condition on WORDS: the query bound at `place` holds."""
    return f"product_words MATCH {place}" if SQLITE else f"f.words @@ {place}::text::tsquery"


def name_hit(places: list[str]) -> str:
    """A condition on WORDS: the queries of `in_name`, bound at `places`, hold."""
    if SQLITE:
        return f"product_words MATCH {places[0]}"
    return " AND ".join(
        f"f.{column} @@ {place}::text::tsquery" for column, place in zip(("name", "words"), places, strict=False)
    )


def code_part(key: str) -> str:
    """What `code_hit` binds for a part of a code; letters and digits only."""
    return f'"{key}"' if SQLITE else f"%{key}%"


def code_hit(place: str) -> str:
    """A condition on CODES: a code holds the part bound at `place`."""
    return f"product_codes MATCH {place}" if SQLITE else f"f.codes LIKE {place}"


def word_exists(place: str) -> str:
    """Whether any product has a word for the query bound at `place`."""
    return f"EXISTS (SELECT 1 FROM product_words f WHERE {words_hit(place)})"  # noqa: S608
