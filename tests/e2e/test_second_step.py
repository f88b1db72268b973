"""The second step of the log-in in a browser: an app's codes, a passkey, by keyboard, without JavaScript (LOGIN-10)."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.e2e.conftest import NARROW, WIDE
from tests.e2e.sights import faults, too_low, too_wide, unsound
from tests.e2e.words import BEN, DANA, Portal
from tests.rules_named import rule
from tests.second_step import code

pytestmark = rule("LOGIN-10")

PAGE = "/account/profile/second-step"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def forgotten(database: Path) -> Iterator[None]:
    """Nobody keeps a second step of an earlier story."""
    yield
    with closing(sqlite3.connect(database, timeout=10)) as served, served:
        for table in ("authenticators", "passkeys", "recovery_codes", "login_failures"):
            served.execute(f"DELETE FROM {table}")  # noqa: S608
        served.execute("UPDATE companies SET requires_second_step = 0")


def is_sound(portal: Portal) -> None:
    """The page that is shown is accessible, whole, and fits a narrow screen too."""
    if not portal.javascript:
        return
    for size in (NARROW, WIDE):
        portal.page.set_viewport_size(size)
        found = (faults(portal.page), unsound(portal.page), too_wide(portal.page))
        assert found == ([], [], 0), f"{portal.page.url}: {found}"
        assert size is WIDE or not too_low(portal.page), too_low(portal.page)


def set_up(portal: Portal) -> tuple[str, str]:
    """Whoever is logged in sets up an app; gives its key and a recovery code."""
    portal.open(PAGE)
    portal.page.get_by_label("Current password").fill(PASSWORD)
    portal.button("Go on").click()
    portal.button("Set up an app").click()
    portal.heading("Set up an authenticator app")
    is_sound(portal)
    secret = "".join(portal.page.locator(".key").inner_text().split())
    portal.page.get_by_label("Code").fill(code(secret=secret))
    portal.button("Turn it on").click()
    portal.heading("Recovery codes")
    is_sound(portal)
    first = portal.page.get_by_label("Recovery codes").inner_text().split()[0]
    portal.link("I have kept them").click()
    portal.sees("10 are left")
    return secret, first


def give_password(portal: Portal, email: str) -> None:
    """Log in as far as the second step."""
    portal.page.context.clear_cookies()
    portal.open("/login")
    portal.page.get_by_label("E-mail address").fill(email)
    portal.page.get_by_label("Password").fill(PASSWORD)
    portal.button("Log in").click()
    portal.heading("Second step")


def test_ben_sets_up_an_app_and_logs_in_with_a_code(portal: Portal) -> None:
    portal.log_in(BEN)
    secret, recovery = set_up(portal)
    give_password(portal, BEN)
    portal.page.get_by_label("Code").fill("12345")
    portal.button("Log in").click()
    portal.sees("That did not fit")
    is_sound(portal)
    portal.page.get_by_label("Code").fill(code(1, secret))
    portal.button("Log in").click()
    portal.heading("Overview")
    give_password(portal, BEN)
    portal.page.get_by_label("Code").fill(recovery)
    portal.button("Log in").click()
    portal.heading("Overview")


def test_a_form_waits_for_both_steps(portal: Portal, database: Path) -> None:
    portal.log_in(BEN)
    secret, _ = set_up(portal)
    portal.open("/baskets")
    portal.page.get_by_label("Name").fill(f"Waits {portal.javascript}")
    with closing(sqlite3.connect(database, timeout=10)) as served, served:
        served.execute("DELETE FROM sessions")
    portal.button("Create basket").click()
    portal.page.get_by_label("E-mail address").fill(BEN)
    portal.page.get_by_label("Password").fill(PASSWORD)
    portal.button("Log in").click()
    portal.heading("Second step")
    portal.page.get_by_label("Code").fill(code(1, secret))
    portal.button("Log in").click()
    portal.heading("My Baskets")
    expect(portal.page.get_by_label("Name")).to_have_value(f"Waits {portal.javascript}")
    portal.button("Create basket").click()
    portal.heading(f"Waits {portal.javascript}")


def test_a_log_in_by_keyboard_alone(scripted: Portal) -> None:
    scripted.log_in(DANA)
    secret, _ = set_up(scripted)
    scripted.page.context.clear_cookies()
    scripted.open("/login")
    expect(scripted.page.get_by_label("E-mail address")).to_be_focused()
    scripted.type(DANA)
    scripted.press("Tab")
    scripted.type(PASSWORD)
    scripted.press("Enter")
    scripted.heading("Second step")
    expect(scripted.page.get_by_label("Code")).to_be_focused()
    scripted.type(code(1, secret))
    scripted.press("Enter")
    scripted.heading("Overview")


def test_a_passkey_is_made_and_opens(scripted: Portal) -> None:
    device = scripted.page.context.new_cdp_session(scripted.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    scripted.log_in(BEN)
    set_up(scripted)
    scripted.button("Add a passkey").click()
    expect(scripted.page.get_by_label("Name")).to_be_focused()
    is_sound(scripted)
    scripted.type("Laptop")
    scripted.press("Enter")
    scripted.says("The passkey is kept")
    is_sound(scripted)
    give_password(scripted, BEN)
    expect(scripted.page.get_by_label("Code")).to_be_visible()
    is_sound(scripted)
    scripted.mark()
    scripted.tab_to(scripted.button("Use a passkey"))
    scripted.press("Enter")
    scripted.heading("Overview")
    scripted.open(PAGE)
    expect(scripted.row("Laptop")).not_to_contain_text("never")


def test_without_a_passkey_the_code_is_left(scripted: Portal) -> None:
    device = scripted.page.context.new_cdp_session(scripted.page)
    device.send("WebAuthn.enable")
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    scripted.log_in(BEN)
    secret, _ = set_up(scripted)
    scripted.button("Add a passkey").click()
    scripted.page.get_by_label("Name").fill("Lost key")
    scripted.button("Make a passkey").click()
    scripted.says("The passkey is kept")
    device.send("WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": False})
    give_password(scripted, BEN)
    scripted.button("Use a passkey").click()
    expect(scripted.page.get_by_role("alert")).to_contain_text("No passkey was given")
    scripted.page.get_by_label("Code").fill(code(1, secret))
    scripted.button(re.compile("^Log in")).click()
    scripted.heading("Overview")


def test_dana_requires_it_in_place(scripted: Portal) -> None:
    scripted.log_in(DANA)
    set_up(scripted)
    scripted.open("/account/users")
    scripted.mark()
    scripted.button("Require it of everybody").click()
    scripted.sees("required of everybody")
    expect(scripted.button("Leave it to each user")).to_be_focused()
    assert scripted.stayed()
