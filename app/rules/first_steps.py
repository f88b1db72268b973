"""The first steps of who has just been let in: a password of one's own and a challenge question (LOGIN-3)."""

from dataclasses import dataclass

from app.rules import (
    audit,
    challenges,
    fresh_passwords,
    new_passwords,
    password_policy,
    passwords,
    second_steps,
    sessions,
)
from app.rules.password_changes import typed_twice
from app.rules.refusals import Refused
from app.rules.settings import settings
from app.rules.viewers import Viewer
from db.atomic import atomic

DONE = "That step is done. Your password and challenge question are changed in My Profile."
NEXT = {
    "password": "/welcome",
    "challenge": "/welcome?done=password",
    "second_step": "/account/profile/second-step",
}
PROFILE = "/account/profile?welcome=1"
NAMES = {"password": "Choose a password of your own", "challenge": "Set a challenge question"}
NAMES |= {"second_step": "Set up a second step"}


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is "now", "later" or "done"."""

    name: str
    state: str


def steps(by: Viewer) -> list[Step]:
    """Every step of the way, the same at each log-in: those done, the one that is owed now, and the rest.

    Nothing once none is owed.
    """
    owed = list(by.remaining)
    if not owed:
        return []
    always = ("password", "challenge") if settings.challenge == "question" else ("password",)
    shown = [code for code in NAMES if code in owed or code in always]
    states = {code: ("now" if code == owed[0] else "later") if code in owed else "done" for code in shown}
    rest = [Step("Look through your profile and notifications", "later")]
    return [*(Step(NAMES[code], states[code]) for code in shown), *rest]


async def go_on(done: str, by: Viewer) -> str:
    """Where a step that was just taken leads: straight to setting up the app where that is owed next.

    It begins the set-up, so that a GET does not.
    """
    place = place_after(done, by)
    if place != NEXT["second_step"] or not await fresh_passwords.is_given(by):
        return place
    await second_steps.begin(by)
    return f"{place}/app/new"


def place_after(done: str, by: Viewer) -> str:
    """Where the way goes on once this step is done; the profile at its end."""
    owed = [step for step in by.remaining if step != done]
    return NEXT[owed[0]] if owed else PROFILE


def _owes(step: str, by: Viewer) -> None:
    by.own_hands("take the first steps")
    if step not in by.remaining:
        raise Refused(DONE)


async def set_password(new: str, repeated: str, by: Viewer) -> None:
    """A password in place of the temporary one; raises Refused where none is owed, Invalid or Stale."""
    _owes("password", by)
    before = await new_passwords.current(by.id)
    await password_policy.check_requirements(by.id, new)
    typed_twice(new, repeated)
    await password_policy.check_past(by.id, new)
    await _set_password(before, await passwords.make(new), by)


@atomic
async def _set_password(before: str, hashed: str, by: Viewer) -> None:
    await new_passwords.still_here(by)
    await new_passwords.keep(by.id, before, hashed)
    await sessions.end_others(by)
    await fresh_passwords.mark(by)
    await audit.note("password_changed", by, subject=f"user {by.id}", subject_name=by.name, before="temporary")


async def set_challenge(question: str, own: str, answer: str, by: Viewer) -> None:
    """Raises Refused where none is owed, Invalid or Stale."""
    _owes("challenge", by)
    asked = challenges.chosen(question, own, answer)
    before = await new_passwords.current(by.id)
    await _set_challenge(before, asked, await passwords.make(challenges.normal(answer)), by)


@atomic
async def _set_challenge(before: str, asked: str, hashed: str, by: Viewer) -> None:
    await new_passwords.still_here(by)
    await challenges.keep(by.id, before, asked, hashed)
    await audit.note("challenge_set", by, subject=f"user {by.id}", subject_name=by.name)
