"""The time zones that a person can choose: each place once, with what its clock is off by today (PROFILE-1)."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from app.rules.settings import settings

REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
TABLE = "zone.tab"  # names each zone that counts today, and none of the older names that lead to one

Grouped = list[tuple[str, list[tuple[str, str]]]]


def offered(current: str = "") -> Grouped:
    """By region, the distributor's first, pairs of value and label; `current` is among them under any name it has."""
    now = datetime.now(UTC)
    zones = _zones()
    if is_zone(current) and current not in zones:
        zones = {**zones, current: ZoneInfo(current)}
    home = settings.time_zone.partition("/")[0]
    return [
        (region, [(name, _label(name, zones[name], now)) for name in sorted(zones) if name.startswith(f"{region}/")])
        for region in sorted(REGIONS, key=lambda one: (one != home, one))
    ]


def is_zone(name: str) -> bool:
    """Whether it is one, under an older name too."""
    return name.partition("/")[0] in REGIONS and name in _known()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _zones() -> dict[str, ZoneInfo]:
    listed = {line.split("\t")[2].strip() for line in _table().splitlines() if line and not line.startswith("#")}
    return {name: ZoneInfo(name) for name in (listed & _known() or _known()) if name.partition("/")[0] in REGIONS}


def _table() -> str:
    """Of the system, or of the package that stands in for it; empty where neither has one."""
    found = [Path(folder, TABLE) for folder in TZPATH if Path(folder, TABLE).is_file()]
    if found:
        return found[0].read_text("utf-8")
    try:
        return (resources.files("tzdata") / "zoneinfo" / TABLE).read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return ""


def _label(name: str, zone: ZoneInfo, now: datetime) -> str:
    """`Auckland, UTC+13`."""
    off = now.astimezone(zone).utcoffset()
    minutes = off // timedelta(minutes=1) if off else 0
    hours, rest = divmod(abs(minutes), 60)
    clock = f"{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}" if minutes else ""
    return f"{name.partition('/')[2].replace('_', ' ')}, UTC{clock}"
