"""Getting in for the first time, and again after forgetting: in a browser, without a script, and by keys alone."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.rules.sealed import unseal
from tests.e2e.conftest import NARROW
from tests.e2e.sights import faults, too_low, too_wide, unsound
from tests.e2e.words import BEN, VERA, Portal
from tests.rules_named import rule

NOA = "noa@brightbyte.example"
NEW = "Quay-lantern-73"
LET_IN = """UPDATE users SET challenge_question = '', challenge_answer_hash = '', password_is_temporary = TRUE,
    password_expires_at = NULL, password_hash = (SELECT password_hash FROM users WHERE email = 'sam@coastline.example')
WHERE email = ?"""


@pytest.fixture
def let_in(database: Path) -> Callable[[str], None]:
    """Somebody has been sent the demo's password as a temporary one."""

    def sent(email: str) -> None:
        with closing(sqlite3.connect(database, timeout=10)) as served, served:
            served.execute(LET_IN, (email,))

    return sent


@pytest.fixture
def mailed_link(database: Path) -> Callable[[], str]:
    """The path of the link in the newest mail about a forgotten password."""

    def newest() -> str:
        query = "SELECT sealed_secrets FROM notices WHERE kind = 'password_reset' ORDER BY id DESC LIMIT 1"
        with closing(sqlite3.connect(database, timeout=10)) as served:
            link: str = json.loads(unseal("mail", served.execute(query).fetchone()[0]))["link"]
        return "/" + link.partition("//")[2].partition("/")[2]

    return newest


def fill_password(portal: Portal, new: str) -> None:
    portal.page.get_by_label("New password required").fill(new)
    portal.page.get_by_label("New password, once more").fill(new)


def looks_right(portal: Portal) -> None:
    """As it is now, and narrow."""
    if portal.javascript:
        wide = portal.page.viewport_size
        assert wide and not unsound(portal.page) and not faults(portal.page)
        portal.page.set_viewport_size(NARROW)
        assert not too_wide(portal.page) and not too_low(portal.page)
        portal.page.set_viewport_size(wide)


@rule("LOGIN-2", "LOGIN-3", "WEB-2", "WEB-3")
def test_noa_gets_in_for_the_first_time(portal: Portal, let_in: Callable[[str], None]) -> None:
    let_in(NOA)
    portal.log_in(NOA)
    portal.heading(re.compile("Welcome, Noa"))
    portal.open("/products")
    portal.heading(re.compile("Welcome, Noa"))
    looks_right(portal)
    fill_password(portal, "quay-lantern")
    portal.button("Set password").click()
    portal.sees("This does not fit yet. An upper-case letter. A digit.")
    looks_right(portal)
    fill_password(portal, NEW)
    portal.button("Set password").click()
    portal.sees("Should you ever forget your password")
    looks_right(portal)
    portal.page.get_by_label("Question required").select_option("What was the name of your first pet?")
    portal.page.get_by_label("Answer").fill("Rex, the dog")
    portal.button("Set question").click()
    portal.heading("My Profile")
    assert portal.open("/products") == 200
    portal.heading("Products")


@rule("LOGIN-6", "WEB-2")
def test_ben_forgets_his_password(portal: Portal, mailed_link: Callable[[], str]) -> None:
    portal.open("/login")
    portal.link("Forgot Password?").click()
    portal.page.get_by_label("E-mail address").fill(BEN)
    portal.button("Mail me a link").click()
    portal.heading("Look into your mail")
    portal.open(mailed_link())
    portal.page.get_by_label("In which town were you born?").fill("Dunedin")
    portal.button("Continue").click()
    portal.sees("4 more tries")
    looks_right(portal)
    portal.page.get_by_label("In which town were you born?").fill("wellington")
    portal.button("Continue").click()
    portal.heading("Set a new password")
    looks_right(portal)
    fill_password(portal, f"{NEW}-{portal.javascript}")
    portal.button("Set password").click()
    portal.says("Your new password is set.")
    portal.give_password(BEN, f"{NEW}-{portal.javascript}")


@rule("LOGIN-4")
def test_the_list_is_ticked_while_vera_types(scripted: Portal) -> None:
    scripted.sign_in(VERA)
    scripted.open("/account/profile/password")
    lines = scripted.page.get_by_role("list", name="Password requirements").get_by_role("listitem")
    met = lines.and_(scripted.page.locator("[data-met=yes]"))
    scripted.page.get_by_label("New password required").press_sequentially("lantern")
    expect(met).to_have_text([re.compile("lower-case"), re.compile("Without your name")])
    scripted.says("2 of 7 met")
    scripted.page.get_by_label("New password required").press_sequentially("-Quay-7")
    scripted.says("7 of 7 met")
    scripted.page.get_by_label("New password required").press_sequentially("-brightBYTE")
    scripted.says("6 of 7 met")
    scripted.page.get_by_label("New password required").fill("a whole sentence of words")
    scripted.says("7 of 7 met")


@rule("LOGIN-8", "WEB-2")
def test_vera_changes_her_password_by_keys(portal: Portal) -> None:
    portal.sign_in(VERA)
    portal.open("/account/profile/password")
    portal.tab_to(portal.page.get_by_label("Current password"))
    portal.type("wrong")
    portal.press("Tab")
    portal.type(NEW)
    portal.tab_to(portal.page.get_by_label("New password, once more"))
    portal.type(NEW)
    portal.press("Enter")
    portal.sees("That is not your current password")
    expect(portal.page.get_by_label("Current password")).to_have_value("")


@rule("LOGIN-7", "WEB-2")
def test_who_forgot_everything_asks_people(portal: Portal) -> None:
    portal.open("/login")
    portal.link("Ask for help").click()
    asked = portal.page.get_by_role("form", name="Ask your website administrator")
    asked.get_by_label("Your e-mail address").fill(VERA)
    portal.button("Ask my administrator").click()
    portal.heading("Sent")
    portal.open("/password/help")
    written = portal.page.get_by_role("form", name="Write to the distributor")
    for label, text in (("Account number", "100234"), ("Your name", "Dana"), ("Your e-mail address", BEN)):
        written.get_by_label(label).fill(text)
    written.get_by_label("What has happened").fill("My phone is lost.")
    written.get_by_label("What has happened").press("Tab")
    portal.press("Enter")
    portal.heading("Sent")
    portal.sees("It calls back")
