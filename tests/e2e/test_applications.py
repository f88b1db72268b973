"""A business applies, the desk asks and approves: in a browser, without a script, and by keys alone."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from app.rules.sealed import unseal
from tests.applying import ADDRESSES, BUSINESS, PDF, TRADE
from tests.e2e.conftest import NARROW, WIDE
from tests.e2e.sights import faults, too_low, too_wide, unsound
from tests.e2e.words import Portal
from tests.rules_named import rule
from tests.servers import Server, serving

MOANA = "moana@harbour.example"
EXTRACT: FilePayload = {"name": "extract.pdf", "mimeType": "application/pdf", "buffer": PDF}
EVIL: FilePayload = {"name": "evil.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}


@pytest.fixture(scope="module")
def server(database: Path) -> Iterator[Server]:
    """A portal that knows how quick a script types."""
    with serving(f"sqlite:///{database}", database.parent, PORTAL_APPLICATION_LEAST_SECONDS="0") as running:
        yield running


@pytest.fixture
def mailed_link(database: Path) -> Callable[[str], str]:
    """The path of the link in the newest mail of a kind."""

    def newest(kind: str) -> str:
        query = "SELECT sealed_secrets FROM notices WHERE kind = ? ORDER BY id DESC LIMIT 1"
        with closing(sqlite3.connect(database, timeout=10)) as served:
            link: str = json.loads(unseal("mail", served.execute(query, (kind,)).fetchone()[0]))["link"]
        return "/" + link.partition("//")[2].partition("/")[2]

    return newest


def fill(portal: Portal, answers: dict[str, str]) -> None:
    """Answer what is asked and to be seen."""
    for name, value in answers.items():
        control = portal.page.locator(f'main [name="{name}"]')
        if control.get_attribute("type") == "checkbox" or not control.is_visible():
            continue
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def looks_right(portal: Portal) -> None:
    """Wide and narrow, as far as a script can measure it."""
    if portal.javascript:
        assert not unsound(portal.page) and not faults(portal.page)
        portal.page.set_viewport_size(NARROW)
        assert not too_wide(portal.page) and not too_low(portal.page)
        portal.page.set_viewport_size(WIDE)


def fill_in(portal: Portal, business: str) -> None:
    """The steps up to the documents; each business has an address of its own."""
    email = f"rua@{business.lower().replace(' ', '-')}.example"
    portal.open("/become-a-reseller")
    portal.sees("Only IT resellers may apply.")
    looks_right(portal)
    portal.link("Start the application").click()
    portal.heading("Your business")
    for heading, answers in (
        ("Addresses", {**BUSINESS, "legal_name": business}),
        ("Contact and trade", ADDRESSES),
        ("Documents", {"credit": TRADE["credit"], **TRADE, "email": email}),
    ):
        looks_right(portal)
        fill(portal, answers)
        portal.button("Continue").click()
        portal.heading(heading)


@rule("JOIN-1", "JOIN-2", "JOIN-3", "JOIN-4", "JOIN-5")
def test_a_business_becomes_a_reseller(portal: Portal, mailed_link: Callable[[str], str]) -> None:
    business = f"Harakeke {'with' if portal.javascript else 'without'} a script Limited"
    fill_in(portal, business)
    files = portal.page.get_by_label("Files")
    files.set_input_files([EVIL])
    portal.button("Add").click()
    portal.sees("“evil” was not kept")
    files.set_input_files([EXTRACT])
    portal.button("Add").click()
    portal.sees("extract.pdf")
    looks_right(portal)
    portal.link("Continue").click()
    portal.button("Send the application").click()
    portal.sees("Nothing is sent without this declaration")
    portal.sees(business)
    looks_right(portal)
    portal.page.get_by_label("I declare that").check()
    portal.page.get_by_label("I accept the terms").check()
    portal.button("Send the application").click()
    portal.heading("Confirm your address")
    looks_right(portal)
    portal.open(mailed_link("application_confirm"))
    portal.button("Confirm").click()
    portal.says("The address is confirmed.")
    looks_right(portal)
    state = mailed_link("application_received")
    portal.sign_in(MOANA)
    portal.open("/desk/applications?state=open")
    looks_right(portal)
    portal.row(business).get_by_role("link").first.click()
    looks_right(portal)
    portal.page.get_by_label("Question").fill("Who is your bank?")
    portal.button("Ask").click()
    portal.says("The question is mailed.")
    portal.open(state)
    portal.sees("Who is your bank?")
    looks_right(portal)
    portal.page.get_by_label("Text").fill("Kauri Bank")
    portal.button("Send").click()
    portal.says("Your answer is with our sales team.")
    portal.open(f"/desk/applications?q={business}")
    portal.row(business).get_by_role("link").first.click()
    portal.sees("Kauri Bank")
    portal.link("Approve…", exact=False).click()
    portal.heading(re.compile("^Approve "))
    looks_right(portal)
    portal.page.get_by_label("Trade", exact=True).check()
    portal.page.get_by_label("Home warehouse").select_option(label="Wellington")
    portal.button("Approve").click()
    portal.says("The company is made")
    looks_right(portal)


@rule("JOIN-2", "WEB-2")
def test_a_step_that_is_wrong_keeps_all_steps(portal: Portal) -> None:
    portal.open("/become-a-reseller/business")
    fill(portal, {**BUSINESS, "website": "no site"})
    portal.button("Continue").click()
    portal.sees("is no address of a website")
    fill(portal, {"website": ""})
    portal.button("Continue").click()
    portal.heading("Addresses")
    fill(portal, {"registered_line1": "4 Mill Lane"})
    portal.button("Back").click()
    portal.heading("Your business")
    expect(portal.page.get_by_label("Legal name")).to_have_value(BUSINESS["legal_name"])
    portal.button("Continue").click()
    portal.heading("Addresses")
    expect(portal.page.locator('[name="registered_line1"]')).to_have_value("4 Mill Lane")
    portal.page.locator('[name="trading_same"]').uncheck()
    expect(portal.page.locator('[name="trading_line1"]')).to_be_visible()
    expect(portal.page.locator('[name="postal_line1"]')).to_be_hidden()


@rule("WEB-2")
def test_rua_applies_by_keys_alone(portal: Portal) -> None:
    portal.open("/become-a-reseller")
    portal.tab_to(portal.link("Start the application"))
    portal.press("Enter")
    portal.heading("Your business")
    for name in ("legal_name", "business_kind", "started", "registration_number", "tax_number", "phone"):
        portal.tab_to(portal.page.locator(f'main [name="{name}"]'))
        portal.type({"business_kind": "Lim", "started": "04012018"}.get(name, BUSINESS[name]))
    portal.press("Enter")
    portal.heading("Addresses")
    for name in ("registered_line1", "registered_city", "registered_postcode"):
        portal.tab_to(portal.page.locator(f'main [name="{name}"]'))
        portal.type(ADDRESSES[name])
    portal.press("Enter")
    portal.heading("Contact and trade")
    for name in ("contact_name", "contact_role", "email", "contact_phone", "sells", "sells_to", "purchases", "credit"):
        portal.tab_to(portal.page.locator(f'main [name="{name}"]'))
        portal.type({"purchases": "up", "credit": "No"}.get(name, TRADE[name]))
    portal.tab_to(portal.button("Continue"))
    portal.press("Enter")
    portal.heading("Documents")
    portal.tab_to(portal.link("Continue"))
    portal.press("Enter")
    portal.heading("Check and declare")
    for label in ("I declare that", "I accept the terms"):
        portal.tab_to(portal.page.get_by_label(label))
        portal.press("Space")
    portal.press("Enter")
    portal.heading("Confirm your address")


@rule("JOIN-4", "WEB-2")
def test_moana_declines_by_keys_alone(scripted: Portal, mailed_link: Callable[[str], str]) -> None:
    test_rua_applies_by_keys_alone(scripted)
    scripted.open(mailed_link("application_confirm"))
    scripted.tab_to(scripted.button("Confirm"))
    scripted.press("Enter")
    scripted.says("The address is confirmed.")
    scripted.sign_in(MOANA)
    scripted.open("/desk")
    scripted.heading("Desk")
    scripted.press("g", "a")
    scripted.heading("Applications")
    scripted.tab_to(scripted.page.get_by_label("Find"))
    scripted.type("Harakeke")
    scripted.press("Enter")
    expect(scripted.page).to_have_url(re.compile("q=Harakeke"))
    scripted.tab_to(scripted.page.get_by_role("link", name=re.compile("^AP-")).first)
    scripted.press("Enter")
    scripted.heading(re.compile("Harakeke"))
    scripted.tab_to(scripted.page.get_by_label("Reason"))
    scripted.type("Not now.")
    scripted.press("Tab", "Enter")
    scripted.says("Declined.")
