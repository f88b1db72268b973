"""A few products that are the same in every demo: one for each thing that can stand in a buyer's way."""

from collections.abc import Iterator

from app.demo import dice
from app.demo.goods import KINDS
from app.demo.prices import ListPrice
from app.demo.products import Made
from app.demo.shelves import AUCKLAND, CHRISTCHURCH, LICENCES, WELLINGTON, Shelf
from app.demo.vendors import MAKERS

BY_CODE = {kind.code: kind for kind in KINDS}


def chosen() -> Iterator[Made]:
    """The first products of every demo, in this order."""
    yield from _docks()
    yield from _around_docks()
    yield from _with_hindrances()


def _docks() -> Iterator[Made]:
    specs = "Power delivery=100 W; Displays=triple display; Ports=14; Host cable=1 m; Network=2.5 Gb/s"
    name = "Kestrel Dock 4410, USB-C, 100 W, triple display"
    yield _one(0, "D", "Kestrel", "KD-4410-PD", name, specs, 42_900, (31_240, (10, 30_510)), (120, 44, 20))
    specs = "Power delivery=65 W; Displays=dual display; Ports=9; Host cable=0.8 m; Network=1 Gb/s"
    name = "Kestrel Dock 4408, USB-C, 65 W, dual display"
    late = _one(1, "D", "Kestrel", "KD-4408", name, specs, 32_900, (24_175,), (6, 0, 0))
    late.shelves[1].on_order, late.shelves[1].eta_days = 40, 8
    yield late
    specs = "Power delivery=90 W; Displays=dual display; Ports=11; Host cable=1 m; Network=1 Gb/s"
    name = "Kestrel Dock 4400, USB-C, 90 W, dual display"
    old = _one(2, "D", "Kestrel", "KD-4400", name, specs, 34_900, (23_900,), (3, 0, 0), "discontinued")
    old.replaced_by = dice.sku(0)
    yield old
    specs = "Power delivery=65 W; Displays=single display; Ports=7; Host cable=0.8 m; Network=1 Gb/s"
    name = "Kestrel Dock 4300, USB-C, 65 W, single display"
    gone = _one(3, "D", "Kestrel", "KD-4300", name, specs, 27_900, (19_900,), (0, 0, 0), "discontinued")
    gone.replaced_by = dice.sku(1)
    yield gone


def _around_docks() -> Iterator[Made]:
    specs = "Power delivery=90 W; Displays=dual display; Ports=11; Ends=USB-C and USB-A"
    name = "Norrland UD-3000 universal dock, USB-C and USB-A"
    marks = "clearance|no_return"
    yield _one(4, "D", "Norrland", "NL-UD3000/EU", name, specs, 37_900, (19_800,), (23, 0, 0), marks)
    specs = "Ports=14 ports; Power delivery=98 W; Displays=two 4K; Network=10 Gb/s"
    name = "Pike & Co Thunderbolt 4 dock, 14 ports"
    held = _one(5, "DB", "Pike & Co", "PC-TB4-14", name, specs, 59_900, (45_190,), (40, 0, 18))
    held.certification = "PIKE-PRO"
    yield held
    specs = "Ports=7-port; Connection=USB-C; Power=powered; Speed=5 Gb/s; Housing=aluminium"
    name = "Norrland 7-port hub, USB-C, powered"
    none = _one(6, "HB", "Norrland", "NL-HUB7", name, specs, 9_900, (6_125, (20, 5_700)), (0, 0, 0))
    none.shelves[0].on_order, none.shelves[0].eta_days = 200, 16
    yield none
    specs = "Ends=USB-C; Length=2 m; Power=240 W; Speed=20 Gb/s; Jacket=braided"
    name = "Kestrel cable USB-C, 2 m, 240 W"
    cable = _one(7, "CU", "Kestrel", "KC-2M-240", name, specs, 4_900, (2_210, (50, 1_980)), (800, 240, 200))
    cable.min_quantity = cable.multiple_quantity = 5
    yield cable


def _with_hindrances() -> Iterator[Made]:
    specs = "Ports=24 × 10 Gb/s; Uplinks=4 × 100 Gb/s; Power supplies=2; Routing=dynamic"
    name = "Corvane Rook 7724 core switch, 24 × 10 Gb/s"
    switch = _one(8, "SC", "Corvane", "CV-SC7724-R-NZ", name, specs, 849_900, (662_900,), (9, 0, 4))
    switch.certification = "CORVANE-NET"
    yield switch
    specs = "Processor=2 × 32-core; Memory=as ordered; Bays=as ordered; Height=2 U"
    name = "Ironhollow Citadel 9000 rack server, built to order"
    yield _one(9, "XR", "Ironhollow", "IH-XR9000-BTO", name, specs, None, (), (0, 0, 0))
    specs = "Devices=25 devices; Term=1 year; Edition=with response; Delivery=by e-mail"
    name = "Peregrin Labs Lemma endpoint security, 25 devices, 1 year"
    yield _one(10, "LE", "Peregrin Labs", "PL-LEMMA-25", name, specs, 89_000, (74_500,), (LICENCES, 0, 0))
    specs = "Size=27 in; Resolution=2560 × 1440; Connection=USB-C 90 W; Panel=IPS; Refresh=100 Hz"
    name = "Merrowby Tide 2790 monitor, 27 in, 2560 × 1440, USB-C 90 W"
    screen = _one(11, "MO", "Merrowby", "MWMO.2790-C", name, specs, 69_900, (55_900,), (64, 0, 31))
    screen.shelves[1].on_order, screen.shelves[1].eta_days = 30, 12
    yield screen


def _one(
    index: int,
    code: str,
    maker: str,
    vpn: str,
    name: str,
    specs: str,
    msrp_cents: int | None,
    trade: tuple[int | tuple[int, int], ...],
    units: tuple[int, int, int],
    traits: str = "",
) -> Made:
    """`trade` holds the price of one in cents, then quantity breaks; `units` lie in AKL, WLG and CHC."""
    kind = BY_CODE[code]
    marks = frozenset(filter(None, traits.split("|")))
    breaks = [step if isinstance(step, tuple) else (1, step) for step in trade]
    return Made(
        kind=kind,
        maker=MAKERS[maker],
        sku=dice.sku(index),
        vpn=vpn,
        upc=dice.upc(index),
        name=name,
        specs=dict(pair.split("=") for pair in specs.split("; ")),
        msrp_cents=msrp_cents,
        weight_grams=sum(kind.grams) // 2,
        traits=kind.traits | marks,
        min_quantity=1,
        multiple_quantity=1,
        shelves=tuple(map(Shelf, (AUCKLAND, WELLINGTON, CHRISTCHURCH), units)),
        list_prices=tuple(ListPrice("TRADE", quantity, cents) for quantity, cents in breaks),
    )
