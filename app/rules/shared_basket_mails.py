"""The mail "Basket shared with me", to those who chose it (NOTIFY-2)."""

from app.rules import notices, notifications
from app.rules.baskets import Basket
from app.rules.notification_readers import told_of
from app.rules.privileges import Privilege
from app.rules.viewers import Viewer
from db import sql

KIND = notifications.BY_CODE["basket_shared"]
COMPANY = "SELECT name, account_number FROM companies WHERE id = $1"


def _event(approval: int) -> str:
    return f"basket approval {approval}"


async def write(basket: Basket, approval: int, user_id: int, by: Viewer) -> None:
    """Tell the user that `by` lets them change the basket; call it in the transaction of the approval.

    It goes out only while they may still change it. No price stands in it.
    """
    company = await sql.row(COMPANY, by.company_id)
    assert company is not None
    context = {
        "basket": {"id": basket.id, "name": basket.name, "note": basket.note, "line_count": basket.line_count},
        "shared_by": by.named,
        "company_name": company["name"],
        "account_number": company["account_number"],
    }
    subject = f"{by.named} shares the basket “{basket.name}” with you"
    for reader in await told_of(KIND, user_id, by.company_id):
        await notices.write(
            *(KIND.code, _event(approval), reader.address, subject, KIND.code, context, by.company_id),
            reader=reader.user_id,
            needs=[Privilege.USE_BASKETS],
            basket=basket.id,
        )


async def take_back(approval: int) -> None:
    """Let mail about a withdrawn approval go nowhere, where it has not gone yet."""
    await sql.run("DELETE FROM notices WHERE event = $1 AND sent_at IS NULL", _event(approval))
