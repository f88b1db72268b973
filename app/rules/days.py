"""Days as the viewer counts them, as moments: from the first moment of one to the last of another."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def moments(first_day: date | None, last_day: date | None, time_zone: str) -> tuple[datetime, datetime]:
    """From the first moment of the first day to the first after the last day, there; None is open."""
    start = _midnight(first_day, time_zone) if first_day else FIRST
    end = _midnight(last_day + timedelta(days=1), time_zone) if last_day else LAST
    return start, end


def _midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
