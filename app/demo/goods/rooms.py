"""Meeting rooms and phones."""

from app.demo.kinds import kind

HEARD = "Tuivale|Kauriwell|Larkspire"

KINDS = (
    kind(
        "PJ",
        "AV and phones > Rooms > Projectors",
        "{series} {model} projector, {Brightness}, {Resolution}",
        "Brightness=3,600 lumens|4,500 lumens|6,000 lumens; Resolution=1280 × 800|1920 × 1200|3840 × 2160; "
        "Light=lamp|laser; Throw=1.2–1.9|0.5",
        by="Umberfield|Tessaline",
        dollars=(890, 6800),
        grams=(2900, 11900),
        box=(520, 440, 260),
        warranty=36,
        traits="serial",
    ),
    kind(
        "VB",
        "AV and phones > Rooms > Video bars",
        "{series} {model} video bar, {Room}, {Camera}",
        "Room=small rooms|medium rooms|large rooms; Camera=4K, 110°|4K, 120° and zoom; Microphones=4|6|8; "
        "Connection=USB-C|USB-C and network",
        by=HEARD,
        dollars=(790, 4900),
        grams=(1900, 5200),
        box=(900, 220, 190),
        warranty=24,
        traits="serial",
    ),
    kind(
        "SK",
        "AV and phones > Rooms > Speakerphones",
        "{series} {model} speakerphone, {Connection}, {People}",
        "Connection=USB|USB and Bluetooth; People=4 people|6 people|10 people; Battery=10 hours|20 hours; "
        "Microphones=4|6",
        by=HEARD,
        dollars=(149, 790),
        grams=(280, 1100),
        box=(220, 220, 80),
        warranty=24,
        traits="serial",
    ),
    kind(
        "WC",
        "AV and phones > Rooms > Webcams",
        "{series} {model} webcam, {Resolution}, {Field of view}",
        "Resolution=1080p|1440p|4K; Field of view=78°|90°|120°; Cover=sliding; Connection=USB-A|USB-C",
        by="Kauriwell|Wexcombe|Norrland",
        dollars=(69, 390),
        grams=(110, 290),
        box=(150, 110, 90),
        warranty=24,
    ),
    kind(
        "HS",
        "AV and phones > Headsets > Wired headsets",
        "{series} {model} headset, {Ears}, {Connection}",
        "Ears=one ear|two ears; Connection=USB-A|USB-C; Noise=passive|noise cancelling microphone; Cable=1.5 m|2.1 m",
        by=HEARD,
        dollars=(49, 259),
        grams=(110, 290),
        box=(210, 190, 70),
        warranty=24,
        multiples=(1, 1, 5),
    ),
    kind(
        "HW",
        "AV and phones > Headsets > Wireless headsets",
        "{series} {model} wireless headset, {Ears}, {Battery}",
        "Ears=one ear|two ears; Battery=13 hours|24 hours|40 hours; Noise=passive|active; "
        "Range=30 m|100 m; "
        "Stand=without|charging stand",
        by=HEARD,
        dollars=(189, 620),
        grams=(240, 680),
        box=(230, 200, 90),
        warranty=24,
        traits="serial",
    ),
    kind(
        "PH",
        "AV and phones > Phones > Desk phones",
        "{series} {model} desk phone, {Lines}, {Display}",
        "Lines=2 lines|6 lines|12 lines|16 lines; Display=2.3 in|3.5 in|5 in touch; Power=PoE; Network=100 Mb/s|1 Gb/s",
        by="Kauriwell|Quillon",
        dollars=(99, 690),
        grams=(780, 1600),
        box=(280, 240, 110),
        traits="serial",
    ),
    kind(
        "PC",
        "AV and phones > Phones > Cordless phones",
        "{series} {model} cordless phone, {Range}",
        "Range=50 m inside|50 m inside, IP65; Talk time=12 hours|18 hours; Display=1.8 in|2.4 in; Base=separate",
        by="Kauriwell|Quillon",
        dollars=(149, 520),
        grams=(140, 320),
        box=(200, 140, 90),
        traits="serial",
    ),
    kind(
        "PX",
        "AV and phones > Phones > Rugged phones",
        "{series} {model} rugged phone, {Screen}, {Storage}",
        "Screen=5 in|6.1 in|6.6 in; Storage=64 GB|128 GB|256 GB; Protection=IP68; "
        "Battery=4,000 mAh|6,000 mAh; "
        "SIM=one|two",
        by="Dunlinne|Cindermoor",
        dollars=(490, 1390),
        grams=(230, 420),
        box=(190, 110, 60),
        warranty=24,
        traits="serial",
    ),
)
