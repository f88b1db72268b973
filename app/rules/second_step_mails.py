"""What a person is told by mail when the second step of the log-in has changed (LOGIN-10)."""

from datetime import UTC, datetime

from app.rules import notices
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db import sql

# What has changed: the subject, and the sentence that the mail begins with.
WORDS = {
    "app": ("Your log-in has a second step now", "An authenticator app was set up for your log-in."),
    "passkey": ("A passkey was added to your log-in", "A passkey was added as second step of your log-in."),
    "passkey_removed": ("A passkey was removed from your log-in", "A passkey of your log-in was removed."),
    "codes": ("New recovery codes for your log-in", "New recovery codes were made. The older ones work no more."),
    "code_used": ("A recovery code of yours was used", "Somebody logged in as you with a recovery code."),
    "removed": (
        "Your log-in has no second step any more",
        "The second step of your log-in was removed: the password alone opens your account now.",
    ),
    "reset": (
        "The second step of your log-in was reset",
        "We have reset the second step of your log-in, and ended your sessions. Log in with your password, and set up "
        "an authenticator app again under My Account > My Profile > Second step.",
    ),
}
WHO = """SELECT u.name, u.email, u.company, u.time_zone, c.name AS company_name, c.account_number,
    c.time_zone AS company_time_zone
FROM users u LEFT JOIN companies c ON c.id = u.company WHERE u.id = $1"""


async def tell(what: str, user_id: int, by: Viewer) -> None:
    """Write the mail; call it in the transaction of the deed. `what` is one of WORDS."""
    who, now = await sql.row(WHO, user_id), datetime.now(UTC)
    assert who is not None
    subject, words = WORDS[what]
    context = {
        "name": who["name"],
        "words": words,
        "at": now,
        "time_zone": who["time_zone"] or who["company_time_zone"] or settings.time_zone,
        "network_address": by.network_address if by.id == user_id else "",
        "account_number": who["account_number"],
        "company_name": who["company_name"],
    }
    event = f"second step of user {user_id}: {what} at {now.isoformat()}"
    await notices.write("second_step", event, who["email"], subject, "second_step", context, who["company"])
