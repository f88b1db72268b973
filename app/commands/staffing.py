"""Somebody new at the desk, from the command line: how the first of all gets in."""

import argparse

from app.commands.problems import CommandFailed
from app.commands.running import run as run_with_database
from app.rules import roles_of_desk, staff_links
from app.rules.refusals import Invalid
from app.rules.settings import settings


async def _added(email: str, name: str, roles: list[str]) -> str:
    return await staff_links.add_by_operator({"email": email, "name": name}, roles_of_desk.checked(roles))


def run(given: argparse.Namespace) -> int:
    """Print a link with which the new member of staff sets a password; raises CommandFailed."""
    name = given.name or given.email.partition("@")[0]
    try:
        link = run_with_database(_added(given.email, name, given.role))
    except Invalid as wrong:
        raise CommandFailed(str(wrong)) from wrong
    print(f"{given.email} is staff now, with {', '.join(given.role)}. This link sets the password, once,")
    print(f"within {settings.temporary_password_hours} hours; the portal has to be running:")
    print(link)
    return 0
