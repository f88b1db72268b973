"""The roles of the desk: what each opens, and which of them were ticked (DESK-1)."""

from collections.abc import Iterable

from app.rules.privileges import Role
from app.rules.refusals import Invalid

NO_ROLE = "Tick at least one role. Who is to have none is disabled."
OPENS = {
    Role.SALES: "applications, companies, prices, log-in cases, acting for a customer",
    Role.CREDIT: "limits, holds, payments, credit notes",
    Role.RETURNS: "returns and cases",
    Role.WAREHOUSE: "shipping, receiving, stock",
    Role.CATALOGUE: "products, prices, texts, imports",
    Role.ADMINISTRATOR: "staff, settings, audit trail, and all that the others open",
}


def words(roles: Iterable[Role]) -> str:
    return ", ".join(role for role in Role if role in set(roles)) or "no role"


def checked(typed: Iterable[str]) -> tuple[Role, ...]:
    """The ticked roles; raises Invalid for none or unknown ones."""
    given = set(typed)
    if not given or given - set(Role):
        raise Invalid({"roles": NO_ROLE})
    return tuple(role for role in Role if role in given)
