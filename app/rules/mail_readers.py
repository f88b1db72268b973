"""Whether a mail may still go to its reader, asked again when it is sent (NOTIFY-5)."""

from collections.abc import Mapping
from typing import Any

from app.rules import basket_access
from app.rules.privileges import Privilege
from db import sql
from db.dialect import joined

READER = f"""SELECT u.name, u.company, u.is_administrator,
    (SELECT {joined("privilege")} FROM user_privileges WHERE "user" = u.id) AS privileges,
    u.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM suspensions s WHERE s."user" = u.id)
        AND NOT EXISTS (SELECT 1 FROM company_suspensions c WHERE c.company = u.company) AS may_log_in
FROM users u WHERE u.id = $1"""  # noqa: S608 (`joined` takes a column's name)
SHARED = f"""SELECT 1 FROM baskets b WHERE b.id = $2 AND b.company = $3 AND b.deleted_at IS NULL
    AND b.archived_at IS NULL AND b.template_at IS NULL AND {basket_access.where("edits")}"""  # noqa: S608 (constants)


async def why_not(notice: Mapping[str, Any]) -> str:
    """Why the mail may not go out now; empty where it may, or is for nobody of the portal."""
    if notice["reader"] is None:
        return ""
    reader = await sql.row(READER, notice["reader"])
    if reader is None or not reader["may_log_in"]:
        return "Its reader may no longer log in."
    if reader["company"] != notice["company"] and notice["needs"]:
        return f"{reader['name']} is no longer of the company."
    lacked = set(notice["needs"].split()) - set((reader["privileges"] or "").split())
    if lacked and not reader["is_administrator"]:
        named = ", ".join(f"“{Privilege(one).label}”" for one in sorted(lacked))
        return f"{reader['name']} has lost the privilege {named} since it was written."
    if notice["basket"] and not await sql.value(SHARED, notice["reader"], notice["basket"], reader["company"]):
        return f"Its basket is no longer shared with {reader['name']}."
    return ""
