"""Screens and what holds them."""

from app.demo.kinds import kind

SCREENS = "Merrowby|Larkspire|Umberfield|Tessaline"

KINDS = (
    kind(
        "MO",
        "Displays > Monitors > Office monitors",
        "{series} {model} monitor, {Size}, {Resolution}, {Connection}",
        "Size=21.5 in|23.8 in|27 in|31.5 in; Resolution=1920 × 1080|2560 × 1440|3840 × 2160; "
        "Connection=HDMI|USB-C 65 W|USB-C 90 W; Panel=IPS; Stand=tilt|height, tilt and pivot; "
        "Refresh=75 Hz|100 Hz",
        by=SCREENS,
        dollars=(219, 1190),
        grams=(3900, 9800),
        box=(720, 480, 180),
        warranty=36,
        traits="serial",
    ),
    kind(
        "MC",
        "Displays > Monitors > Curved monitors",
        "{series} {model} curved monitor, {Size}, {Resolution}",
        "Size=34 in|38 in|49 in; Resolution=3440 × 1440|3840 × 1600|5120 × 1440; Curve=1500R|1800R; "
        "Connection=HDMI and DisplayPort|USB-C 90 W; Refresh=100 Hz|120 Hz",
        by="Merrowby|Umberfield",
        dollars=(740, 2390),
        grams=(8700, 14900),
        box=(950, 560, 300),
        warranty=36,
        traits="serial",
    ),
    kind(
        "MP",
        "Displays > Monitors > Portable monitors",
        "{series} {model} portable monitor, {Size}, {Touch}",
        "Size=14 in|15.6 in|16 in; Touch=without touch|with touch; Resolution=1920 × 1080|2560 × 1600; "
        "Connection=two USB-C; Cover=folding",
        by="Tessaline|Tuivale",
        dollars=(289, 690),
        grams=(690, 980),
        box=(400, 280, 50),
        warranty=24,
        traits="serial",
    ),
    kind(
        "LS",
        "Displays > Large screens > Signage displays",
        "{series} {model} signage display, {Size}, {Hours}",
        "Size=43 in|55 in|65 in|86 in; Hours=16 hours a day|24 hours a day; Resolution=3840 × 2160; "
        "Brightness=350 nits|500 nits|700 nits; Player=built in",
        by="Umberfield|Larkspire",
        dollars=(990, 6900),
        grams=(9900, 61000),
        box=(1450, 900, 220),
        warranty=36,
        traits="serial",
    ),
    kind(
        "LB",
        "Displays > Large screens > Interactive boards",
        "{series} {model} interactive board, {Size}, {Touch points}",
        "Size=65 in|75 in|86 in; Touch points=20 touch points|40 touch points; Resolution=3840 × 2160; "
        "Speakers=2 × 15 W|2 × 20 W; Pens=2|4",
        by="Tessaline|Merrowby",
        dollars=(2890, 8400),
        grams=(39000, 69000),
        box=(1960, 1260, 260),
        warranty=60,
        traits="serial|no_return",
    ),
    kind(
        "MA",
        "Displays > Mounts > Monitor arms",
        "{series} {model} monitor arm, {Screens}, {Fixing}",
        "Screens=one screen|two screens; Fixing=clamp|clamp and bolt; Load=2–9 kg|3–15 kg; "
        "Hole pattern=75 and "
        "100 mm; Colour=silver|black|white",
        by="Haldane Works|Ferroway",
        dollars=(119, 560),
        grams=(2900, 6800),
        box=(480, 300, 140),
        warranty=120,
    ),
    kind(
        "MW",
        "Displays > Mounts > Wall mounts",
        "{series} {model} wall mount, {Fits}, {Movement}",
        "Fits=32–55 in|43–75 in|60–100 in; Movement=fixed|tilting|full motion; Load=35 kg|60 kg|120 kg; "
        "Depth=26 mm|68 mm",
        by="Haldane Works|Ferroway",
        dollars=(59, 490),
        grams=(1900, 13800),
        box=(700, 300, 90),
        warranty=120,
    ),
)
