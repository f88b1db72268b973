"""How the audit trail is read: kinds of deeds in groups, and what each entry changed in words (USER-7)."""

import re
from collections.abc import Mapping

from app.rules.audit import ACTIONS
from db.sql import Row

GROUPS = {
    "Log-in": ("logged_in", "login_failed", "login_locked", "lock_lifted", "logged_out", "session_ended"),
    "Passwords and second step": (
        *("password_changed", "password_reset_asked", "password_reset", "password_sent"),
        *("challenge_set", "challenge_failed", "second_step_added", "second_step_removed", "second_step_failed"),
        *("recovery_codes_made", "recovery_code_used"),
    ),
    "Profile": ("email_change_asked", "email_changed", "profile_changed", "notifications_changed"),
    "Users": (
        *("user_added", "user_changed", "user_disabled", "user_enabled", "user_deleted", "privileges_changed"),
        *("administrator_appointed", "administrator_removed"),
    ),
    "Company": ("application_approved", "company_added", "company_changed", "company_suspended", "company_resumed"),
    "Orders and files": ("order_placed", "exported"),
    "The distributor for the company": ("acting_begun", "acting_ended", "acted", "saw"),
    "Refusals": ("refused",),
}
AT_THE_DESK = {
    "Staff": (
        *("staff_added", "staff_changed", "staff_link_sent", "staff_disabled", "staff_enabled", "roles_changed"),
    ),
    "Desk": ("application_declined", "application_asked", "case_closed"),
}
LOG_INS = ("logged_in", "login_failed", "logged_out")
BUT_LOG_INS = "but_log_ins"

# Short words that entries keep, as a reader is told them.
PLAIN = {
    ("password_sent", "new"): "for a new user",
    ("password_sent", "reset"): "in place of the old one",
    ("password_sent", "approved"): "for the first administrator",
    ("password_changed", "temporary"): "a temporary one",
    ("second_step_added", "app"): "an authenticator app",
    ("second_step_added", "passkey"): "a passkey",
    ("second_step_removed", "passkey_removed"): "a passkey",
    ("second_step_removed", "removed"): "the app, with passkeys and recovery codes",
    ("second_step_removed", "reset"): "all of it, by the desk",
}


def groups(all_of_them: bool) -> dict[str, tuple[str, ...]]:
    """The kinds of deeds that a trail can hold: a company's, or the desk's own too."""
    return {**GROUPS, **AT_THE_DESK} if all_of_them else GROUPS


def label(action: str) -> str:
    return "all but log-ins" if action == BUT_LOG_INS else ACTIONS.get(action, action)


def told(entry: Row) -> Row:
    """The entry with `what` was done, and what it `was` and `became`, in words."""
    was, became = (_plain(entry, entry[side]) for side in ("before", "after"))
    if entry["action"] == "privileges_changed":
        was, became = _difference(was, became)
    past = "ended: " if entry["action"] == "session_ended" else "was "
    return {**entry, "what": label(entry["action"]), "was": was, "became": became, "past": past}


def _plain(entry: Mapping[str, str], text: str) -> str:
    if entry["action"] == "recovery_code_used":
        return re.sub(r"^(\d+) left$", r"recovery codes left: \1", text)
    return PLAIN.get((entry["action"], text), text)


def _difference(was: str, became: str) -> tuple[str, str]:
    """Of two lists of privileges what came and what went; the two themselves where they are no such lists."""
    before, after = (re.findall("“([^”]+)”", text) for text in (was, became))
    came = [f"+ {one}" for one in after if one not in before]
    went = [f"− {one}" for one in before if one not in after]
    return ("", ", ".join([*came, *went])) if came or went else (was, became)
