"""Finding products: words, codes, slips of typing, filters with counts, order and pages (PROD-1)."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.rules import prices
from app.rules.categories import Branch, branches, trail
from app.rules.offers import Offer
from app.rules.privileges import Privilege
from app.rules.products import Contact, Product, complete, contact_of, today
from app.rules.refusals import Invalid
from app.rules.search_asked import PRICE_ORDERS, Asked
from app.rules.search_counts import Counts, counts
from app.rules.search_lines import Line, lines
from app.rules.search_slips import nearest
from app.rules.search_synonyms import synonyms
from app.rules.search_text import code_key, is_typable, number_key, terms_of
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import search as engine
from db import search_vocabulary as vocabulary
from db.search import Wanted

BATCH = 5_000
FIRST_VENDORS, MOST_VENDORS = 15, 2_000
OFTEN = 5  # uses in a batch from which on a word with digits is more than somebody's code


@dataclass(slots=True)
class Results:
    """One page of hits, with what all hits have in common."""

    asked: Asked
    products: list[Product] = field(default_factory=list)
    hits: int = 0
    in_stock: int = 0
    returnable: int = 0
    vendors: list[tuple[str, int]] = field(default_factory=list)  # the first of them
    vendor_count: int = 0
    counted: int = 0  # hits that the counts are true of: all, unless there are more than can be counted
    categories: list[Branch] = field(default_factory=list)
    contact: Contact = field(default_factory=lambda: contact_of(None))
    instead: str = ""  # the words that were looked for in place of those typed
    some_words: bool = False  # nothing has all words
    lines: list[Line] = field(default_factory=list)

    @property
    def is_capped(self) -> bool:
        return self.hits > settings.search_hits

    @property
    def more(self) -> str:
        """The mark of a count that is not of all hits."""
        return "+" if self.hits > self.counted else ""

    @property
    def total(self) -> int:
        """Hits that the pages hold."""
        return min(self.hits, settings.search_hits)

    @property
    def trail(self) -> list[Branch]:
        return trail(self.asked.category)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.asked.size))


def wanted_of(asked: Asked, viewer: Viewer) -> Wanted:
    """The statement's view of what was asked; raises Invalid for a text that no database takes."""
    if not is_typable(asked.q):
        raise Invalid({"q": "The search holds characters that cannot be typed."})
    code, terms = code_key(asked.q), tuple(terms_of(asked.q))
    return Wanted(
        filters=asked.filters(viewer),
        terms=terms,
        also=synonyms(terms),
        code=code,
        sku="".join(asked.q.split()).upper(),
        number=number_key(asked.q)[:60],
        code_first=any(char.isdigit() for char in code),
        order="best" if asked.sort in PRICE_ORDERS else asked.sort,
        size=asked.size,
        offset=(asked.page - 1) * asked.size,
        cap=settings.search_hits,
        company=viewer.company_id,
        user=viewer.id,
        today=today(),
        with_stock=viewer.sees_stock,
        most_vendors=MOST_VENDORS if asked.vendors else FIRST_VENDORS,
    )


async def find(asked: Asked, viewer: Viewer) -> Results:
    """The page that was asked for; orders and filters that the viewer may not use are left out (PRICE-1)."""
    asked = asked.as_allowed(viewer)
    wanted = wanted_of(asked, viewer)
    results = Results(asked)
    if asked.q.strip() and not wanted.terms and not wanted.code:
        return results
    if asked.needs_prices:
        return await _by_price(results, wanted, viewer)
    rows = await engine.page(wanted)
    if rows[0]["hits"] == 0 and wanted.terms:
        rows = await engine.page(_mended(results, wanted, rows[0]))
    _read(results, rows)
    if results.is_capped and not wanted.terms and not wanted.code:
        _count_all(results, await counts(wanted.filters), wanted.most_vendors)
    return await _priced(results, viewer)


def _count_all(results: Results, every: Counts | None, most_vendors: int) -> None:
    if every:
        results.hits = results.counted = every.hits
        results.in_stock, results.returnable = every.in_stock, every.returnable
        results.vendors, results.vendor_count = every.vendors[:most_vendors], len(every.vendors)
        results.categories = branches(every.categories, results.asked.category)


def _mended(results: Results, wanted: Wanted, row: Product) -> Wanted:
    """The same search with slips mended, where fewer words will do; what was done stands in `results`."""
    known = json.loads(row["known"])
    words = [word for word in (row["vocabulary"] or "").split() if word.isalpha()]
    terms = tuple(
        term if is_known else nearest(term, words) or term for term, is_known in zip(wanted.terms, known, strict=True)
    )
    if terms != wanted.terms:
        results.instead = " ".join(terms)
    else:
        results.some_words = len(terms) > 1
    return replace(wanted, terms=terms, also=synonyms(terms), code="", fewer=True)


def _read(results: Results, rows: list[Product]) -> Results:
    first = rows[0]
    results.hits, results.in_stock, results.returnable = first["hits"], first["in_stock"], first["returnable"]
    results.counted, results.vendor_count = results.total, first["vendor_count"]
    results.vendors = [(name, uses) for name, uses in json.loads(first["vendors"] or "[]")]
    results.categories = branches(json.loads(first["categories"] or "[]"), results.asked.category)
    results.contact = contact_of(first["contact"])
    results.products = [complete(row) for row in rows if row["id"] is not None]
    return results


async def _priced(results: Results, viewer: Viewer) -> Results:
    offers: dict[int, Offer] = {}
    if results.products and (viewer.sees_prices or viewer.may(Privilege.USE_BASKETS)):
        ids = [product["id"] for product in results.products]
        offers = await prices.offers(viewer.company_id, ids, today())
    return _shown(results, offers, viewer)


def _shown(results: Results, offers: dict[int, Offer], viewer: Viewer) -> Results:
    results.lines = lines(results.products, offers, results.contact, viewer)
    return results


async def _by_price(results: Results, wanted: Wanted, viewer: Viewer) -> Results:
    """Filter and order by the company's price: only among the hits up to the cap."""
    ids = await engine.hit_ids(wanted)
    offers = await prices.offers(viewer.company_id, ids, today()) if ids else {}
    fitting = _in_order(
        results.asked, ids, {product: breaks[0].cents for product in ids if (breaks := offers[product].breaks)}
    )
    rows = await engine.page(replace(wanted, ids=tuple(fitting), order="given"))
    return _shown(_read(results, rows), offers, viewer)


def _in_order(asked: Asked, ids: list[int], cents: dict[int, int]) -> list[int]:
    """The hits within the prices asked for; in their order, those without a price last."""
    low, high = asked.price_min or 0, asked.price_max
    if asked.filters_prices:
        ids = [one for one in ids if one in cents and low <= cents[one] and (high is None or cents[one] <= high)]
    if asked.sort in PRICE_ORDERS:
        sign = -1 if asked.sort == "price_down" else 1
        ids = sorted(ids, key=lambda one: (one not in cents, sign * cents.get(one, 0)))
    return ids


async def learn(product_ids: Iterable[int]) -> None:
    """Take the words of new or changed products into the vocabulary; imports and the demo call it."""
    ids = list(product_ids)
    for start in range(0, len(ids), BATCH):
        await vocabulary.add(_uses(await vocabulary.texts(ids[start : start + BATCH])))


async def rebuild() -> None:
    """Make the vocabulary new from every product."""
    await vocabulary.forget()
    last = 0
    while rows := await vocabulary.texts_after(last, BATCH):
        await vocabulary.add(_uses(row["words"] for row in rows))
        last = rows[-1]["id"]


def _uses(texts: Iterable[str]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update({word for word in text.split() if 3 <= len(word) <= 30})
    return {word: uses for word, uses in counted.items() if word.isalpha() or uses >= OFTEN}
