"""What a company of the demo can buy today, at its price, and from which shelf."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from app.demo.catalogue import Catalogue
from app.demo.products import Made
from app.demo.shelves import AUCKLAND
from app.rules.prices import Offer, Price, offers

DEAR_CENTS = 50_000
CHEAP_CENTS = 6_000


@dataclass(frozen=True, slots=True)
class Pick:
    """A product with a quantity that its steps allow, at the company's price for it."""

    product: Made
    quantity: int
    price: Price


@dataclass(slots=True)
class Shop:
    """Picks goods for one company; what is reserved leaves the shelf, so that nothing is promised twice."""

    catalogue: Catalogue
    offers: dict[int, Offer]
    throws: Random
    reserved: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))

    def goods(self, amount: int) -> list[Pick]:
        """Different goods, more of which lie in Auckland than are picked."""
        return [self._pick(product) for product in self.throws.sample(self._lying(), amount)]

    def goods_of(self, kinds: Sequence[str]) -> list[Pick]:
        """Different goods of these kinds, or others where there are none of a kind."""
        left, found = self._lying(), []
        for code in kinds:
            product = self.throws.choice([one for one in left if one.kind.code == code] or left)
            left.remove(product)
            found.append(self._pick(product))
        return found

    def short(self) -> Pick:
        """Goods that lie nowhere and are on their way to Auckland."""
        awaited = [product for product in self._buyable() if _is_awaited(product)]
        return self._pick(self.throws.choice(awaited))

    def _lying(self) -> list[Made]:
        return [product for product in self._buyable() if product.shelves[0].available > _most(product)]

    def _buyable(self) -> Iterator[Made]:
        for product in self.catalogue.kept:
            offer = self.offers[self.catalogue.products[product.sku]]
            if product.is_sold_plainly() and not product.kind.is_virtual and offer.at(product.min_quantity):
                yield product

    def _pick(self, product: Made) -> Pick:
        units = self.throws.randint(1, _most(product) // product.multiple_quantity)
        quantity = units * product.multiple_quantity
        price = self.offers[self.catalogue.products[product.sku]].at(quantity)
        assert price is not None  # _buyable asked at the least quantity
        return Pick(product, quantity, price)

    def reserve(self, pick: Pick) -> None:
        """Take the units from the Auckland shelf."""
        shelf = pick.product.shelves[0]
        shelf.available -= pick.quantity
        place = (self.catalogue.products[pick.product.sku], self.catalogue.warehouses[AUCKLAND])
        self.reserved[place] += pick.quantity


def _most(product: Made) -> int:
    """The most units of the product that one order takes."""
    msrp_cents = product.msrp_cents or DEAR_CENTS
    steps = 3 if msrp_cents >= DEAR_CENTS else 6 if msrp_cents >= CHEAP_CENTS else 12
    return steps * product.multiple_quantity


def _is_awaited(product: Made) -> bool:
    first = product.shelves[0]
    nowhere = not any(shelf.available for shelf in product.shelves)
    return nowhere and first.on_order >= _most(product) and first.eta_days is not None


async def opened(catalogue: Catalogue, company_id: int, throws: Random) -> Shop:
    """The shop as the company sees it today."""
    keys = list(catalogue.products.values())
    return Shop(catalogue, await offers(company_id, keys, catalogue.today), throws)
