"""Whether the database answers, and figures for whoever watches the portal."""

import resource

from db import sql

MAIL = """
SELECT CAST(coalesce(sum(CASE WHEN sent_at IS NULL AND failed_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting,
    CAST(coalesce(sum(CASE WHEN failed_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS failed
FROM notices
"""


async def check() -> None:
    """Raises whatever the database raises."""
    await sql.value("SELECT 1")


async def figures() -> dict[str, int | float]:
    """Counters and gauges by their Prometheus names."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    statements = sql.statements()
    mail = await sql.row(MAIL)
    assert mail is not None
    return {
        "portal_database_statements_total": statements,
        "process_cpu_seconds_total": used.ru_utime + used.ru_stime,
        "portal_mail_waiting": mail["waiting"],
        "portal_mail_failed": mail["failed"],
    }
