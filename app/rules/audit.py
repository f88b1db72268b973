"""The audit trail: who did what, before, after, when, from where (USER-7)."""

from datetime import UTC, datetime

from app.rules.search_text import WORD, folded
from app.rules.viewers import Viewer
from db import sql

# What is kept, and how a reader is told it; an entry with another action is a mistake of ours.
ACTIONS = {
    "logged_in": "logged in",
    "login_failed": "failed to log in",
    "login_locked": "log-in locked",
    "lock_lifted": "lock lifted",
    "logged_out": "logged out",
    "session_ended": "session ended",
    "password_changed": "password changed",
    "password_reset_asked": "reset of the password asked for",
    "password_reset": "password set by a mailed link",
    "password_sent": "temporary password sent",
    "challenge_set": "challenge question set",
    "challenge_failed": "challenge question answered wrongly",
    "second_step_added": "second step added",
    "second_step_removed": "second step removed",
    "second_step_failed": "second step failed",
    "recovery_codes_made": "recovery codes made",
    "recovery_code_used": "recovery code used",
    "email_change_asked": "change of the e-mail address asked for",
    "email_changed": "e-mail address changed",
    "profile_changed": "profile changed",
    "notifications_changed": "notification preferences changed",
    "user_added": "user added",
    "user_changed": "user changed",
    "user_disabled": "user disabled",
    "user_enabled": "user enabled",
    "user_deleted": "user deleted",
    "privileges_changed": "privileges changed",
    "administrator_appointed": "website administrator appointed",
    "administrator_removed": "website administrator removed",
    "company_added": "company added",
    "company_changed": "company changed",
    "company_suspended": "company suspended",
    "company_resumed": "company resumed",
    "staff_added": "staff added",
    "staff_changed": "staff changed",
    "staff_link_sent": "link to set a password sent",
    "staff_disabled": "staff disabled",
    "staff_enabled": "staff enabled",
    "roles_changed": "roles changed",
    "acting_begun": "acting for a customer begun",
    "acting_ended": "acting for a customer ended",
    "acted": "did as the customer",
    "saw": "saw as the customer",
    "order_placed": "order placed",
    "exported": "exported",
    "application_approved": "application approved",
    "application_declined": "application declined",
    "application_asked": "applicant asked",
    "case_closed": "case closed",
    "refused": "was refused",
}

ADD = """INSERT INTO audit_entries (at, action, company, actor, actor_name, acting_as, acting_as_name,
    subject, subject_name, before, after, network_address, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"""
MOST_WORDS = 400
LONGEST_WORD = 40


def words_of(text: str) -> list[str]:
    """Letters and digits as they are looked for, each word once."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in WORD.findall(folded(text))))


def _line(text: str, limit: int) -> str:
    """One line: what was typed cannot look like an entry of its own."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:limit]


async def note(
    action: str,
    by: Viewer,
    company: int | None = None,
    subject: str = "",
    subject_name: str = "",
    before: str = "",
    after: str = "",
) -> None:
    """Keep what was done; call it in the transaction of the deed, and never with a secret.

    `by` is who did it, a visitor with a network address too; `company` is whose administrators may read it (the
    actor's own unless it is given); `subject` is like `user 7`; `before` and `after` are words.
    """
    assert action in ACTIONS, action
    person, name = (by.staff_id, by.staff_name) if by.is_acted else (by.id, by.name)
    customer, customer_name = (by.id, by.name) if by.is_acted else (0, "")
    names = _line(name, 100), _line(customer_name, 100)
    told = _line(subject_name, 254), _line(before, 2_000), _line(after, 2_000), by.network_address[:45]
    whose = company or by.company_id or None
    await sql.run(
        ADD,
        *(datetime.now(UTC), action, whose, person or None, names[0], customer or None, names[1]),
        *(subject, *told, _words(action, subject, names, told, whose)),
    )


def _words(action: str, subject: str, names: tuple[str, ...], told: tuple[str, ...], company: int | None) -> str:
    """What the entry is found by; `@` marks the words of who it was, `#` the company."""
    markers = [f"@{word}" for name in names for word in words_of(name)] + ([f"#{company}"] if company else [])
    words = words_of(" ".join([ACTIONS[action], subject, *names, *told]))
    return " ".join([*markers, *words[:MOST_WORDS]])
