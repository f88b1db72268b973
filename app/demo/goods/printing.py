"""Printers, scanners and what they use up."""

from app.demo.kinds import kind

PRINTERS = "Calder & Finch|Pellworth|Aldermoor"

KINDS = (
    kind(
        "PL",
        "Printing > Printers > Office printers",
        "{series} {model} laser printer, {Colour}, {Speed}",
        "Colour=mono|colour; Speed=30 pages a minute|40 pages a minute|55 pages a minute; Duplex=yes; "
        "Paper=250 sheets|550 sheets|1,100 sheets; Network=Wi-Fi and 1 Gb/s",
        by=PRINTERS,
        dollars=(289, 2190),
        grams=(8200, 28000),
        box=(560, 520, 440),
        traits="serial",
    ),
    kind(
        "PM",
        "Printing > Printers > Multifunction printers",
        "{series} {model} multifunction printer, {Format}, {Colour}, {Speed}",
        "Format=A4|A3; Colour=mono|colour; Speed=25 pages a minute|35 pages a minute|50 pages a minute; "
        "Feeder=50 sheets|100 sheets; Functions=print, scan and copy",
        by=PRINTERS,
        dollars=(390, 6900),
        grams=(11800, 68000),
        box=(680, 640, 760),
        traits="serial",
    ),
    kind(
        "PB",
        "Printing > Printers > Label printers",
        "{series} {model} label printer, {Width}, {Resolution}",
        "Width=58 mm|102 mm|108 mm; Resolution=203 dpi|300 dpi|600 dpi; "
        "Method=direct thermal|thermal transfer; "
        "Connection=USB|USB and network",
        by="Aldermoor|Wexcombe",
        dollars=(169, 1490),
        grams=(1100, 5200),
        box=(320, 260, 240),
        warranty=24,
        traits="serial",
    ),
    kind(
        "TN",
        "Printing > Supplies > Toner",
        "toner {model}, {Colour}, {Pages}",
        "Colour=black|cyan|magenta|yellow; Pages=2,500 pages|6,000 pages|12,000 pages; "
        "Yield=standard|high; "
        "Collected=when empty",
        by=PRINTERS,
        dollars=(89, 429),
        grams=(780, 1900),
        box=(380, 160, 160),
        traits="no_return",
    ),
    kind(
        "IK",
        "Printing > Supplies > Ink",
        "ink {model}, {Colour}, {Volume}",
        "Colour=black|cyan|magenta|yellow; Volume=12 ml|38 ml|70 ml|130 ml; Yield=standard|high; Shelf life=24 months",
        by="Pellworth|Aldermoor",
        dollars=(22, 149),
        grams=(40, 220),
        box=(120, 110, 40),
        traits="no_return",
    ),
    kind(
        "DR",
        "Printing > Supplies > Drums",
        "drum {model}, {Pages}",
        "Pages=12,000 pages|30,000 pages|50,000 pages; Colour=black|all colours; Changed by=user",
        by=PRINTERS,
        dollars=(139, 520),
        grams=(900, 2600),
        box=(420, 180, 180),
        traits="no_return",
    ),
    kind(
        "LR",
        "Printing > Supplies > Label rolls",
        "label roll {model}, {Size}, {Material}",
        "Size=51 × 25 mm|76 × 51 mm|102 × 150 mm; Material=paper|polyester; Labels=500|1,000|2,000; Core=25 mm|76 mm",
        by="Aldermoor|Wexcombe|Pellworth",
        dollars=(14, 89),
        grams=(260, 1200),
        box=(130, 130, 130),
        multiples=(5, 12),
        traits="no_return",
    ),
    kind(
        "SD",
        "Printing > Scanners > Document scanners",
        "{series} {model} document scanner, {Speed}, {Feeder}",
        "Speed=25 pages a minute|40 pages a minute|70 pages a minute; "
        "Feeder=20 sheets|60 sheets|100 sheets; "
        "Duplex=yes; Connection=USB|USB and network",
        by="Calder & Finch|Pellworth",
        dollars=(390, 2290),
        grams=(1500, 4800),
        box=(400, 300, 280),
        traits="serial",
    ),
    kind(
        "SB",
        "Printing > Scanners > Barcode scanners",
        "{series} {model} barcode scanner, {Codes}, {Connection}",
        "Codes=linear codes|linear and 2D codes; Connection=wired|wireless; Drop height=1.5 m|1.8 m|2.4 m; "
        "Protection=IP42|IP52|IP65",
        by="Wexcombe|Aldermoor",
        dollars=(129, 890),
        grams=(160, 420),
        box=(240, 140, 110),
        warranty=36,
        traits="serial",
    ),
)
