"""Licences and services: nothing to carry, nothing to send back."""

from app.demo.kinds import kind

LICENCE = "no_return|end_user"

KINDS = (
    kind(
        "LO",
        "Software > Licences > Office suites",
        "{series} office suite {model}, {Seats}, {Term}",
        "Seats=1 seat|5 seats|25 seats; Term=1 year|3 years; Edition=standard|business; Delivery=by e-mail",
        by="Peregrin Labs|Calder & Finch",
        dollars=(89, 5900),
        traits=LICENCE,
    ),
    kind(
        "LE",
        "Software > Licences > Endpoint security",
        "{series} endpoint security {model}, {Devices}, {Term}",
        "Devices=1 device|10 devices|50 devices|250 devices; Term=1 year|3 years; "
        "Edition=basic|with response; "
        "Delivery=by e-mail",
        by="Peregrin Labs|Yarrowgate",
        dollars=(39, 9800),
        traits=LICENCE,
    ),
    kind(
        "LK",
        "Software > Licences > Backup",
        "{series} backup {model}, {Machines}, {Term}",
        "Machines=1 machine|10 machines|50 machines; Term=1 year|3 years; Target=disk|disk and cloud; "
        "Delivery=by e-mail",
        by="Brackenby|Peregrin Labs",
        dollars=(119, 7900),
        traits=LICENCE,
    ),
    kind(
        "LV",
        "Software > Licences > Virtual machines",
        "{series} virtual machines {model}, {Cores}, {Term}",
        "Cores=16 cores|32 cores|64 cores; Term=1 year|3 years|5 years; Edition=essentials|cluster; Delivery=by e-mail",
        by="Peregrin Labs|Ironhollow",
        dollars=(790, 14900),
        traits=LICENCE,
    ),
    kind(
        "VW",
        "Services > Warranty > Longer warranty",
        "warranty {model}, {Term}, {Response}",
        "Term=3 years|4 years|5 years; Response=return to base|next working day|same day, 4 hours; "
        "For=notebooks|desktops|servers",
        by="Halvard|Tarnbrook|Ironhollow",
        dollars=(59, 2390),
        traits="no_return",
    ),
    kind(
        "VI",
        "Services > Installation > Installation on site",
        "installation {model}, {Work}, {Where}",
        "Work=unpack and connect|mount and connect|rack and connect; "
        "Where=in town|within 50 km|anywhere in NZ; "
        "Hours=2|4|8",
        by="Rimuworks|Haldane Works",
        dollars=(149, 1890),
        traits="no_return",
    ),
    kind(
        "VC",
        "Services > Preparation > Configuration",
        "configuration {model}, {Work}",
        "Work=asset tag|image and asset tag|image, settings and asset tag; Per=device; Lead time=5 days|3 days|1 day",
        by="Rimuworks|Brackenby",
        dollars=(19, 149),
        traits="no_return",
    ),
)
