"""Computers and what stands beside them."""

from app.demo.kinds import kind

NOTEBOOKS = "Halvard|Tarnbrook|Ossian|Larkspire"
DESKS = "Kestrel|Bramwick|Wexcombe|Norrland"

KINDS = (
    kind(
        "NB",
        "Computers > Notebooks > Business notebooks",
        "{series} {model} notebook, {Screen}, {Processor}, {Memory}, {Drive}",
        "Screen=13.3 in|14 in|15.6 in|16 in; Processor=8-core|10-core|14-core; Memory=16 GB|32 GB|64 GB; "
        "Drive=512 GB SSD|1 TB SSD; Battery=50 Wh|57 Wh|72 Wh; Keyboard=English, backlit; "
        "Wireless=Wi-Fi 6E|Wi-Fi 7",
        by=NOTEBOOKS,
        dollars=(1350, 4200),
        grams=(1150, 2300),
        box=(390, 280, 80),
        warranty=36,
        traits="serial",
    ),
    kind(
        "NR",
        "Computers > Notebooks > Rugged notebooks",
        "{series} {model} rugged notebook, {Screen}, {Protection}, {Memory}",
        "Screen=12.5 in|14 in; Protection=IP53|IP65|IP66; Memory=16 GB|32 GB; Drive=512 GB SSD|1 TB SSD; "
        "Brightness=700 nits|1,000 nits|1,200 nits; Drop height=1.2 m|1.8 m",
        by="Ossian|Cindermoor",
        dollars=(3600, 7900),
        grams=(2200, 3900),
        box=(420, 330, 110),
        warranty=36,
        traits="serial",
    ),
    kind(
        "NE",
        "Computers > Notebooks > School notebooks",
        "{series} {model} school notebook, {Screen}, {Memory}, {Drive}",
        "Screen=11.6 in|13.3 in|14 in; Memory=4 GB|8 GB; Drive=64 GB|128 GB|256 GB; Touch=no|yes; Hinge=180°|360°",
        by="Tarnbrook|Larkspire|Tuivale",
        dollars=(480, 990),
        grams=(1250, 1600),
        box=(340, 250, 70),
        traits="serial",
    ),
    kind(
        "DS",
        "Computers > Desktops > Small desktops",
        "{series} {model} small desktop, {Processor}, {Memory}, {Drive}",
        "Processor=6-core|10-core|14-core; Memory=8 GB|16 GB|32 GB; Drive=256 GB SSD|512 GB SSD|1 TB SSD; "
        "Volume=1 litre|3 litres; Display outputs=2|3|4",
        by="Halvard|Tarnbrook|Quillon",
        dollars=(890, 2400),
        grams=(1200, 4800),
        box=(300, 260, 120),
        warranty=36,
        traits="serial",
    ),
    kind(
        "DW",
        "Computers > Desktops > Workstations",
        "{series} {model} workstation, {Processor}, {Memory}, {Graphics}",
        "Processor=16-core|24-core|32-core; Memory=32 GB|64 GB|128 GB; "
        "Graphics=8 GB graphics|16 GB graphics|"
        "24 GB graphics; Drive=1 TB SSD|2 TB SSD; Power supply=550 W|850 W|1,100 W",
        by="Halvard|Ironhollow",
        dollars=(3200, 11800),
        grams=(9800, 16500),
        box=(560, 520, 320),
        warranty=36,
        traits="serial",
    ),
    kind(
        "DT",
        "Computers > Desktops > Thin clients",
        "{series} {model} thin client, {Memory}, {Display outputs}",
        "Memory=4 GB|8 GB; Display outputs=two displays|three displays; Flash=32 GB|64 GB; "
        "Cooling=fanless; "
        "Network=1 Gb/s",
        by="Quillon|Ossian",
        dollars=(520, 980),
        grams=(900, 1400),
        box=(280, 220, 90),
        warranty=36,
        traits="serial",
    ),
    kind(
        "TA",
        "Computers > Tablets > Tablets",
        "{series} {model} tablet, {Screen}, {Storage}, {Wireless}",
        "Screen=8.7 in|10.9 in|12.4 in; Storage=64 GB|128 GB|256 GB; Wireless=Wi-Fi|Wi-Fi and 5G; "
        "Battery=5,100 mAh|8,000 mAh|10,090 mAh; Colour=graphite|silver",
        by="Larkspire|Tuivale|Dunlinne",
        dollars=(330, 1650),
        grams=(340, 720),
        box=(300, 220, 50),
        traits="serial",
    ),
    kind(
        "TC",
        "Computers > Tablets > Tablet cases",
        "{series} {model} tablet case, {Screen}, {Colour}",
        "Screen=8.7 in|10.9 in|12.4 in; Colour=black|navy|moss; Material=recycled polyester|polycarbonate; "
        "Stand=folding",
        by="Bramwick|Nettlecombe|Dunlinne",
        dollars=(39, 149),
        grams=(180, 620),
        box=(290, 210, 30),
        warranty=24,
    ),
    kind(
        "KB",
        "Computers > Input devices > Keyboards",
        "{series} {model} keyboard, {Connection}, {Layout}",
        "Connection=wired|wireless|wireless, rechargeable; Layout=full size|compact; "
        "Keys=quiet|mechanical; "
        "Language=English; Cable=1.8 m",
        by=DESKS,
        dollars=(35, 289),
        grams=(450, 1150),
        box=(470, 160, 40),
        warranty=24,
    ),
    kind(
        "MS",
        "Computers > Input devices > Mice",
        "{series} {model} mouse, {Connection}, {Shape}",
        "Connection=wired|wireless|wireless, rechargeable; Shape=low|vertical; Buttons=3|5|7; "
        "Resolution=1,600 dpi|4,000 dpi|8,000 dpi",
        by=DESKS,
        dollars=(19, 179),
        grams=(90, 210),
        box=(140, 110, 60),
        warranty=24,
    ),
    kind(
        "BG",
        "Computers > Bags > Notebook bags",
        "{series} {model} {Form}, {Fits}",
        "Form=sleeve|brief|backpack; Fits=13.3 in|14 in|15.6 in|17.3 in; Colour=black|slate; "
        "Material=recycled polyester|waxed canvas; Volume=4 l|16 l|24 l",
        by="Bramwick|Nettlecombe",
        dollars=(45, 239),
        grams=(280, 1250),
        box=(450, 330, 80),
        warranty=24,
    ),
)
