"""Servers, storage and memory."""

from app.demo.kinds import kind

KINDS = (
    kind(
        "XR",
        "Servers and storage > Servers > Rack servers",
        "{series} {model} rack server, {Processor}, {Memory}, {Bays}",
        "Processor=16-core|2 × 16-core|2 × 32-core; Memory=32 GB|64 GB|128 GB|256 GB; "
        "Bays=4 × 3.5 in|8 × 2.5 in|16 × 2.5 in; Height=1 U|2 U; Power supplies=2 × 800 W|2 × 1,400 W",
        by="Ironhollow|Halvard|Pike & Co",
        dollars=(4200, 23500),
        grams=(14800, 29000),
        box=(960, 620, 280),
        warranty=36,
        traits="serial",
    ),
    kind(
        "XT",
        "Servers and storage > Servers > Tower servers",
        "{series} {model} tower server, {Processor}, {Memory}",
        "Processor=4-core|8-core|16-core; Memory=16 GB|32 GB|64 GB; Bays=4 × 3.5 in|8 × 3.5 in; "
        "Power supplies=350 W|2 × 500 W",
        by="Ironhollow|Halvard",
        dollars=(1690, 6900),
        grams=(12500, 27000),
        box=(720, 620, 360),
        warranty=36,
        traits="serial",
    ),
    kind(
        "NA",
        "Servers and storage > Network storage > Network drives",
        "{series} {model} network drive, {Bays}, {Network}",
        "Bays=2 bays|4 bays|8 bays|12 bays; Network=2 × 1 Gb/s|2 × 2.5 Gb/s|2 × 10 Gb/s; "
        "Memory=2 GB|8 GB|32 GB; "
        "Form=desk|rack, 2 U",
        by="Stoneferry|Brackenby",
        dollars=(490, 5900),
        grams=(1600, 12800),
        box=(420, 380, 280),
        warranty=36,
        traits="serial",
    ),
    kind(
        "TP",
        "Servers and storage > Network storage > Tape cartridges",
        "tape {model}, {Capacity}, {Pack}",
        "Capacity=6 TB|12 TB|18 TB; Pack=single|pack of 5; Rewritable=yes; Labels=none|printed",
        by="Stoneferry|Pellworth",
        dollars=(79, 690),
        grams=(230, 1300),
        box=(130, 120, 120),
        warranty=60,
    ),
    kind(
        "SS",
        "Servers and storage > Drives > Solid state drives",
        "{series} {model} SSD, {Capacity}, {Form}",
        "Capacity=500 GB|1 TB|2 TB|4 TB; Form=2.5 in SATA|M.2 NVMe; "
        "Endurance=0.3 drive writes a day|1 drive write a "
        "day; Read=560 MB/s|3,500 MB/s|7,200 MB/s",
        by="Stoneferry|Emberlyn|Dunlinne",
        dollars=(79, 690),
        grams=(10, 80),
        box=(140, 100, 20),
        warranty=60,
        traits="serial",
    ),
    kind(
        "HD",
        "Servers and storage > Drives > Hard drives",
        "{series} {model} hard drive, {Capacity}, {Connection}",
        "Capacity=2 TB|4 TB|8 TB|16 TB|22 TB; Connection=SATA|SAS 12 Gb/s; Speed=5,400 rpm|7,200 rpm; "
        "Cache=256 MB|512 MB",
        by="Stoneferry|Emberlyn",
        dollars=(129, 1090),
        grams=(490, 720),
        box=(220, 160, 70),
        warranty=60,
        traits="serial",
    ),
    kind(
        "PD",
        "Servers and storage > Drives > Portable drives",
        "{series} {model} portable drive, {Capacity}, {Speed}",
        "Capacity=500 GB|1 TB|2 TB|4 TB; Speed=500 MB/s|1,000 MB/s|2,000 MB/s; Encryption=none|hardware; "
        "Connection=USB-C",
        by="Emberlyn|Dunlinne|Stoneferry",
        dollars=(109, 749),
        grams=(40, 230),
        box=(150, 100, 30),
        warranty=36,
        traits="serial",
    ),
    kind(
        "US",
        "Servers and storage > Drives > USB sticks",
        "stick {model}, {Capacity}, {Connection}",
        "Capacity=32 GB|64 GB|128 GB|256 GB; Connection=USB-A|USB-C|USB-A and USB-C; "
        "Encryption=none|hardware; "
        "Read=100 MB/s|400 MB/s",
        by="Emberlyn|Dunlinne",
        dollars=(12, 159),
        grams=(10, 30),
        box=(110, 80, 15),
        warranty=60,
        multiples=(1, 5),
    ),
    kind(
        "MN",
        "Servers and storage > Memory > Notebook memory",
        "memory {model}, {Capacity}, {Speed}, notebook",
        "Capacity=8 GB|16 GB|32 GB|48 GB; Speed=3200 MT/s|4800 MT/s|5600 MT/s; Type=SO-DIMM; Voltage=1.1 V|1.2 V",
        by="Emberlyn|Rimuworks",
        dollars=(49, 329),
        grams=(10, 20),
        box=(130, 90, 15),
        warranty=120,
    ),
    kind(
        "ME",
        "Servers and storage > Memory > Server memory",
        "memory {model}, {Capacity}, {Speed}, ECC",
        "Capacity=16 GB|32 GB|64 GB|128 GB; Speed=3200 MT/s|4800 MT/s|5600 MT/s; Type=RDIMM; Ranks=1|2|4",
        by="Emberlyn|Ironhollow",
        dollars=(139, 1690),
        grams=(30, 60),
        box=(180, 90, 20),
        warranty=120,
        traits="serial",
    ),
)
