"""Products made by the rules of their kind, the same ones for the same seed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from app.demo import dice, prices, shelves
from app.demo.goods import KINDS
from app.demo.kinds import Kind
from app.demo.shelves import Shelf
from app.demo.vendors import MAKERS, Maker

MODELS = 9_000
MODEL_STRIDE = 7_919


@dataclass(slots=True)
class Made:
    """One product with its stock and its list prices; `traits` are its flags of PROD-3."""

    kind: Kind
    maker: Maker
    sku: str
    vpn: str
    upc: str
    name: str
    specs: dict[str, str]
    msrp_cents: int | None
    weight_grams: int
    traits: frozenset[str]
    min_quantity: int
    multiple_quantity: int
    shelves: tuple[Shelf, ...]
    list_prices: tuple[prices.ListPrice, ...]
    certification: str = ""
    replaced_by: str = ""

    @property
    def description(self) -> str:
        return "; ".join(f"{key}: {value}" for key, value in self.specs.items())

    def is_sold_plainly(self) -> bool:
        """Whether any company may order it without a certification, an end user or a question."""
        hindrances = {"end_user", "discontinued"} & self.traits
        return not hindrances and not self.certification and self.msrp_cents is not None


def made(seed: int, first: int) -> Iterator[Made]:
    """Products from the index `first` on: each kind and vendor in turn, and every other one by chance."""
    throws = dice.dice(seed, "products")
    counts: dict[tuple[str, str], int] = defaultdict(int)
    latest: dict[tuple[str, str], Made] = {}
    for index in range(first, dice.SKUS):
        turn = (index - first) // 2
        kind = KINDS[turn % len(KINDS)] if (index - first) % 2 == 0 else throws.choice(KINDS)
        vendor = kind.vendors[turn // len(KINDS) % len(kind.vendors)]
        place = (vendor, kind.code)
        number = model(f"{vendor}{kind.code}", counts[place])
        product = _one(index, kind, MAKERS[vendor], number, throws)
        counts[place] += 1
        if "discontinued" in product.traits and place in latest:
            product.replaced_by = latest[place].sku
        elif "discontinued" not in product.traits:
            latest[place] = product
        yield product


def model(place: str, count: int) -> str:
    """The model number of a vendor's so-manieth product of a kind; none comes twice in one place."""
    start = sum(ord(sign) * 97 for sign in place)
    lap, step = divmod(count, MODELS)
    return f"{1_000 + (start + step * MODEL_STRIDE) % MODELS}{'' if lap == 0 else f'-{lap + 1}'}"


def _one(index: int, kind: Kind, maker: Maker, number: str, throws: Random) -> Made:
    places = [(key, throws.randrange(len(values)), values) for key, values in kind.specs]
    specs = {key: values[place] for key, place, values in places}
    open_ones = [place * 1_000 // (len(values) - 1) for _, place, values in places if len(values) > 1]
    worth = sum(open_ones) // len(open_ones)
    msrp_cents = prices.msrp(kind, worth, throws)
    traits = kind.traits | _chances(kind, throws)
    multiple = throws.choice(kind.multiples)
    return Made(
        kind=kind,
        maker=maker,
        sku=dice.sku(index),
        vpn=maker.vpn(kind.code, number),
        upc=dice.upc(index),
        name=f"{maker.name} {_named(kind, maker, number, specs, throws)}",
        specs=specs,
        msrp_cents=msrp_cents,
        weight_grams=kind.grams[0] + (kind.grams[1] - kind.grams[0]) * worth // 1_000,
        traits=traits,
        min_quantity=multiple,
        multiple_quantity=multiple,
        shelves=shelves.filled(kind, msrp_cents, multiple, traits, throws),
        list_prices=prices.listed(kind, msrp_cents, throws),
        certification=_certification(maker, msrp_cents),
    )


def _named(kind: Kind, maker: Maker, number: str, specs: dict[str, str], throws: Random) -> str:
    return kind.name.format(series=throws.choice(maker.series), model=number, **specs)


def _chances(kind: Kind, throws: Random) -> frozenset[str]:
    """The flags that any product may get: on clearance (which does not come back), or discontinued."""
    chance = throws.randrange(100)
    if kind.is_virtual or chance > 6:
        return frozenset()
    return frozenset({"clearance", "no_return"} if chance < 3 else {"discontinued"})


def _certification(maker: Maker, msrp_cents: int) -> str:
    """Two vendors want their dearer goods sold by those who know them."""
    if maker.name == "Pike & Co" and msrp_cents >= 60_000:
        return "PIKE-PRO"
    if maker.name == "Corvane" and msrp_cents >= 200_000:
        return "CORVANE-NET"
    return ""
