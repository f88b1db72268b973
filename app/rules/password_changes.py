"""Changing one's own password, with the current one (LOGIN-8)."""

from app.rules import audit, log_ins, new_passwords, password_policy, passwords, sessions
from app.rules.refusals import Invalid
from app.rules.viewers import Viewer
from db.atomic import atomic

DEED = "change the password"
DIFFERENT = "The two are not the same. Type the new password twice."


def typed_twice(new: str, repeated: str) -> None:
    """Raises Invalid where a slip of the finger would lock somebody out."""
    if new != repeated:
        raise Invalid({"repeated": DIFFERENT})


async def change(current: str, new: str, repeated: str, by: Viewer) -> None:
    """Set it, end all other sessions, tell by mail. Raises Invalid or Stale."""
    by.own_hands(DEED)
    await password_policy.check_requirements(by.id, new)
    typed_twice(new, repeated)
    before = await log_ins.own_password(current, by)
    await password_policy.check_past(by.id, new)
    await _change(before, await passwords.make(new), by)


@atomic
async def _change(before: str, hashed: str, by: Viewer) -> None:
    await new_passwords.still_here(by)
    await new_passwords.keep(by.id, before, hashed)
    await sessions.end_others(by)
    await new_passwords.tell(by.id, "password", by)
    await audit.note("password_changed", by, subject=f"user {by.id}", subject_name=by.name)
