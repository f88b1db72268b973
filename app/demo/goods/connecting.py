"""Docks, cables and adapters."""

from app.demo.kinds import kind

CABLES = "Kestrel|Greyfen|Oxbowline|Holmwater"
BY_FIVES = (1, 5, 5)

KINDS = (
    kind(
        "D",
        "Docks and cables > Docks > USB-C docks",
        "Dock {model}, USB-C, {Power delivery}, {Displays}",
        "Power delivery=65 W|90 W|100 W; Displays=single display|dual display|triple display; "
        "Ports=7|9|11|14; "
        "Host cable=0.8 m|1 m; Network=1 Gb/s|2.5 Gb/s; Lock slot=yes",
        by="Kestrel|Norrland|Zephrin",
        dollars=(229, 529),
        grams=(380, 890),
        box=(260, 150, 80),
        warranty=36,
        traits="serial",
    ),
    kind(
        "DB",
        "Docks and cables > Docks > Thunderbolt docks",
        "{series} {model} Thunderbolt dock, {Ports}, {Power delivery}",
        "Ports=10 ports|12 ports|14 ports; Power delivery=90 W|98 W|140 W; Displays=two 4K|four 4K; "
        "Host cable=0.7 m|1 m; Network=2.5 Gb/s|10 Gb/s",
        by="Pike & Co|Kestrel",
        dollars=(479, 790),
        grams=(560, 980),
        box=(280, 160, 90),
        warranty=36,
        traits="serial",
    ),
    kind(
        "HB",
        "Docks and cables > Docks > Hubs",
        "{Ports} hub {model}, {Connection}, {Power}",
        "Ports=4-port|7-port|10-port; Connection=USB-A|USB-C; Power=bus powered|powered; "
        "Speed=5 Gb/s|10 Gb/s; "
        "Housing=plastic|aluminium",
        by="Norrland|Zephrin|Holmwater",
        dollars=(39, 169),
        grams=(80, 420),
        box=(180, 110, 50),
        warranty=24,
    ),
    kind(
        "CU",
        "Docks and cables > Cables > USB cables",
        "cable {model}, {Ends}, {Length}, {Power}",
        "Ends=USB-A to USB-C|USB-C; Length=0.5 m|1 m|2 m|3 m; Power=15 W|60 W|240 W; "
        "Speed=480 Mb/s|10 Gb/s|20 Gb/s; Jacket=PVC|braided",
        by=CABLES,
        dollars=(14, 69),
        grams=(30, 160),
        box=(160, 110, 25),
        warranty=24,
        multiples=BY_FIVES,
    ),
    kind(
        "CD",
        "Docks and cables > Cables > Display cables",
        "cable {model}, {Ends}, {Length}",
        "Ends=HDMI|DisplayPort|USB-C to DisplayPort; Length=1 m|2 m|3 m|5 m; "
        "Resolution=4K at 60 Hz|8K at 60 Hz; "
        "Jacket=PVC|halogen free",
        by=CABLES,
        dollars=(18, 99),
        grams=(60, 420),
        box=(200, 150, 35),
        warranty=24,
        multiples=BY_FIVES,
    ),
    kind(
        "CP",
        "Docks and cables > Cables > Patch cables",
        "patch cable {model}, {Category}, {Length}, {Colour}",
        "Category=Cat 6|Cat 6A; Length=0.5 m|1 m|2 m|3 m|5 m|10 m; Colour=grey|blue|yellow|green; "
        "Screening=U/UTP|S/FTP; Jacket=halogen free",
        by=CABLES,
        dollars=(6, 46),
        grams=(20, 480),
        box=(200, 160, 30),
        warranty=120,
        multiples=(5, 5, 10),
    ),
    kind(
        "CF",
        "Docks and cables > Cables > Fibre cables",
        "fibre cable {model}, {Ends}, {Fibre}, {Length}",
        "Ends=LC to LC|LC to SC; Fibre=OM4|OS2; Length=1 m|3 m|5 m|10 m|20 m; Cores=2; Jacket=halogen free",
        by="Oxbowline|Holmwater",
        dollars=(16, 118),
        grams=(30, 380),
        box=(200, 200, 35),
        warranty=120,
        multiples=BY_FIVES,
    ),
    kind(
        "CW",
        "Docks and cables > Cables > Power cords",
        "power cord {model}, {Ends}, {Length}",
        "Ends=AU/NZ plug to C13|AU/NZ plug to C5|C14 to C13|C20 to C19; Length=1 m|2 m|3 m; Rating=7.5 A|10 A|16 A",
        by="Greyfen|Ferroway",
        dollars=(8, 42),
        grams=(110, 420),
        box=(200, 150, 40),
        warranty=24,
        multiples=BY_FIVES,
    ),
    kind(
        "AD",
        "Docks and cables > Adapters > Display adapters",
        "adapter {model}, {Ends}",
        "Ends=USB-C to VGA|USB-C to HDMI|USB-C to DisplayPort|USB-C to two HDMI; "
        "Resolution=4K at 30 Hz|4K at 60 Hz;"
        " Cable=0.15 m|0.2 m",
        by="Kestrel|Norrland|Greyfen",
        dollars=(29, 119),
        grams=(30, 90),
        box=(150, 100, 25),
        warranty=24,
    ),
    kind(
        "AN",
        "Docks and cables > Adapters > Network adapters",
        "network adapter {model}, {Ends}, {Speed}",
        "Ends=USB-A|USB-C; Speed=1 Gb/s|2.5 Gb/s|5 Gb/s; Wake on LAN=yes; Housing=plastic|aluminium",
        by="Norrland|Zephrin",
        dollars=(35, 139),
        grams=(30, 80),
        box=(150, 100, 25),
        warranty=24,
    ),
)
