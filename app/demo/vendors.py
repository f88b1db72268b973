"""The vendors of the demo: made-up houses with series and part numbers in a pattern of their own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Maker:
    """`pattern` writes a part number from `{c}`, the kind's code, and `{n}`, the model's number."""

    name: str
    pattern: str
    series: tuple[str, ...]

    def vpn(self, code: str, model: str) -> str:
        return self.pattern.format(c=code, n=model)


def _maker(name: str, pattern: str, series: str) -> Maker:
    return Maker(name, pattern, tuple(series.split()))


MAKERS = {
    maker.name: maker
    for maker in (
        _maker("Kestrel", "K{c}-{n}", "Hover Stoop Talon"),
        _maker("Norrland", "NL-{c}{n}/EU", "Fjell Skog Tundra"),
        _maker("Pike & Co", "PC-{c}-{n}", "Reach Weir Mill"),
        _maker("Halvard", "{n}{c}HV", "Ridge Summit Crest"),
        _maker("Tarnbrook", "TB{n}-{c}", "Ford Beck Fell"),
        _maker("Ossian", "OS.{c}{n}.A1", "Saga Bard Lyre"),
        _maker("Quillon", "QL{c}{n}", "Guard Hilt Edge"),
        _maker("Veldmark", "V-{n}-{c}", "Acacia Baobab Marula"),
        _maker("Merrowby", "MW{c}.{n}", "Tide Kelp Shoal"),
        _maker("Cindermoor", "CM-{c}{n}-B", "Ember Ash Flint"),
        _maker("Larkspire", "LS{n}{c}", "Dawn Aria Crescendo"),
        _maker("Ferroway", "FW-{n}/{c}", "Anvil Bellows Forge"),
        _maker("Bramwick", "BW{c}{n}X", "Bramble Sloe Damson"),
        _maker("Oxbowline", "OXB-{c}-{n}", "Meander Delta Levee"),
        _maker("Zephrin", "ZR{n}-{c}K", "Breeze Gust Gale"),
        _maker("Calder & Finch", "CF{c}{n}", "Clerk Ledger Scribe"),
        _maker("Ironhollow", "IH-{c}{n}R", "Bastion Keep Citadel"),
        _maker("Pellworth", "PW.{n}.{c}", "Linen Vellum Folio"),
        _maker("Solvarra", "SV-{n}{c}", "Noon Zenith Solstice"),
        _maker("Greyfen", "GF{c}-{n}", "Reed Heron Sedge"),
        _maker("Haldane Works", "HW{n}/{c}", "Bench Vice Lathe"),
        _maker("Corvane", "CV-{c}{n}-NZ", "Raven Rook Jackdaw"),
        _maker("Tessaline", "TL{c}{n}", "Mosaic Tile Grout"),
        _maker("Umberfield", "UF-{n}-{c}", "Ochre Sienna Umber"),
        _maker("Wexcombe", "WX{n}{c}", "Combe Down Hanger"),
        _maker("Yarrowgate", "YG-{c}.{n}", "Latch Postern Lych"),
        _maker("Dunlinne", "DL{c}-{n}A", "Dune Sand Marram"),
        _maker("Emberlyn", "EL{n}.{c}", "Spark Glow Kindle"),
        _maker("Kauriwell", "KW-{c}{n}", "Rata Totara Matai"),
        _maker("Tuivale", "TV{n}-{c}", "Song Wattle Flax"),
        _maker("Aldermoor", "AM-{n}{c}", "Copse Spinney Thicket"),
        _maker("Nettlecombe", "NC{c}{n}", "Nettle Dock Sorrel"),
        _maker("Rimuworks", "RW{n}{c}-S", "Ridgeline Saddle Spur"),
        _maker("Brackenby", "BKB-{c}{n}", "Fern Frond Crozier"),
        _maker("Holmwater", "HO{c}-{n}", "Ness Voe Skerry"),
        _maker("Peregrin Labs", "PL{n}{c}", "Axiom Lemma Corollary"),
        _maker("Stoneferry", "SF-{n}{c}", "Quay Wharf Jetty"),
    )
}
