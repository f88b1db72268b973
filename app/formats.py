"""How figures and times are written on pages and in mail."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from app.rules import money
from app.rules.settings import settings


def cents(amount: int | None) -> str:
    return "" if amount is None else money.written(amount)


def day(when: date | None) -> str:
    """`23 Nov 2026`."""
    return f"{when.day} {when:%b %Y}" if when else ""


def count(number: int) -> str:
    """`1,234`."""
    return f"{number:,}"


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.time_zone)


def here(when: datetime, name: str) -> datetime:
    """A moment in somebody's own time zone."""
    return when.astimezone(zone(name))


@pass_context
def moment(context: Context, when: datetime | None, seconds: bool = False) -> Markup:
    """A day and time in the reader's zone, with the zone on hover."""
    if when is None:
        return Markup("")
    viewer = context.get("viewer")
    local = here(when, viewer.time_zone if viewer else "")
    return Markup('<time datetime="{}" title="{}">{}, {}</time>').format(
        when.astimezone(UTC).isoformat(timespec="seconds"),
        local.tzinfo,
        day(local),
        f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}",
    )


def age(when: datetime) -> str:
    """How long ago a moment was, in its largest unit: `3 min ago`."""
    minutes = int((datetime.now(UTC) - when).total_seconds()) // 60
    days = minutes // 1_440
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if not days else "yesterday" if days == 1 else f"{days} days ago"


@pass_context
def local_day(context: Context, when: datetime | None) -> str:
    """The day of a moment in the reader's zone."""
    viewer = context.get("viewer")
    return day(here(when, viewer.time_zone if viewer else "")) if when else ""


def dom_id(thing: object, *parts: object) -> str:
    """One name for a region: `basket-7-summary`."""
    named = thing if isinstance(thing, str) else f"{type(thing).__name__.lower()}-{getattr(thing, 'id', '')}"
    return "-".join(str(part) for part in (named, *parts))
