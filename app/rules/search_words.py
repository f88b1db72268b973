"""A search in words: for its name, and for a list of searches."""

from app.rules import money
from app.rules.search_asked import ORDERS, Asked

NAME_LENGTH = 80


def words_for(asked: Asked) -> str:
    """What it looks for, and in which order."""
    quoted = [f"“{asked.q}”"] if asked.q else []
    order = [] if asked.sort == "best" else [f"by {ORDERS[asked.sort].lower()}"]
    return ", ".join([*quoted, *filters_of(asked), *order])


def filters_of(asked: Asked) -> list[str]:
    """The filters in words."""
    low, high = asked.price_min, asked.price_max
    bounds = [f"from {money.written(low)}"] if low is not None else []
    bounds += [f"to {money.written(high)}"] if high is not None else []
    said = (
        asked.category,
        asked.vendor,
        "ships now" if asked.in_stock else "",
        "returnable" if asked.returnable else "",
        " ".join(bounds),
    )
    return [words for words in said if words]


def name_for(asked: Asked) -> str:
    """A name to begin with: the words that were looked for and the filters, of a category its last part."""
    category = asked.category.rpartition(" > ")[2]
    filters = [category if words == asked.category else words for words in filters_of(asked)]
    return ", ".join([*([asked.q] if asked.q else []), *filters])[:NAME_LENGTH].strip(" ,")
