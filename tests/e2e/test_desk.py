"""The desk: Moana helps a customer, Ari looks after the staff and the companies."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import NARROW, WIDE
from tests.e2e.sights import faults, too_low, too_wide, unsound
from tests.e2e.words import ARI, Portal
from tests.rules_named import rule

MOANA = "moana@harbour.example"
BAND = re.compile("Moana Whaanga as Ben Tahana of Brightbyte Ltd, until")
PASSWORD = "Kowhai-blossom-77"


def open_company(portal: Portal, name: str) -> str:
    """Its path."""
    portal.open("/desk/companies?q=" + name.partition(" ")[0])
    portal.row(name).get_by_role("link").click()
    portal.heading(name)
    return portal.page.url.removeprefix(portal.url).partition("?")[0]


@rule("DESK-6")
def test_moana_sees_the_portal_as_ben(portal: Portal) -> None:
    portal.sign_in(MOANA)
    open_company(portal, "Brightbyte Ltd")
    portal.link("Ben Tahana").click()
    portal.button("See the portal as Ben Tahana").click()
    band = portal.page.get_by_role("complementary", name="Acting for a customer")
    expect(band).to_contain_text(BAND)
    portal.quick_link("My Baskets").click()
    portal.heading("My Baskets")
    expect(band).to_contain_text(BAND)
    portal.open("/account/profile")
    expect(band).to_contain_text(BAND)
    portal.button("End").click()
    portal.heading("Ben Tahana")
    expect(band).to_have_count(0)
    portal.open("/desk/companies")
    portal.heading("Companies")


@rule("DESK-7")
def test_ari_adds_somebody_who_sets_a_password(portal: Portal) -> None:
    email = f"tui-{portal.javascript}@harbour.example".lower()
    portal.sign_in(ARI)
    portal.open("/desk/staff")
    portal.link("Add staff", exact=False).click()
    portal.heading("Add staff")
    portal.page.get_by_label("Name").fill("Tui Rangi")
    portal.page.get_by_label("E-mail address").fill(email)
    portal.button("Add staff").click()
    portal.sees("Tick at least one role.")
    expect(portal.page.get_by_label("E-mail address")).to_have_value(email)
    portal.page.get_by_role("checkbox", name="sales").check()
    portal.button("Add staff").click()
    portal.heading("Tui Rangi")
    portal.open(f"/desk/mail?q={email}")
    portal.page.get_by_role("main").get_by_role("row").get_by_role("link").click()
    portal.heading(re.compile("^Your log-in at the desk"))
    link = re.search(r"/staff/[\w-]{43}", portal.page.get_by_role("main").inner_text())
    assert link
    portal.page.context.clear_cookies()
    portal.open(link[0])
    portal.heading("Set your password")
    portal.page.get_by_label(re.compile("^New password(?!, once)")).fill(PASSWORD)
    portal.page.get_by_label("New password, once more").fill(PASSWORD)
    portal.button("Set password").click()
    portal.says("Your new password is set.")
    portal.give_password(email, PASSWORD)


@rule("DESK-3")
def test_price_lists_and_roles_are_ticked_in_place(scripted: Portal) -> None:
    scripted.sign_in(ARI)
    open_company(scripted, "Coastline IT")
    scripted.mark()
    scripted.page.get_by_role("checkbox", name="Silver").check()
    scripted.button("Save price lists").click()
    scripted.says("Price lists saved")
    expect(scripted.page.get_by_role("checkbox", name="Silver")).to_be_checked()
    scripted.page.get_by_label("Open invoices and open orders up to").fill("much")
    scripted.button("Save limit").click()
    scripted.sees("“much” is not an amount of money")
    scripted.page.get_by_label("Open invoices and open orders up to").fill("$99,000.00")
    scripted.button("Save limit").click()
    scripted.says("Saved.")
    expect(scripted.row("credit limit $99,000.00")).to_be_visible()
    assert scripted.stayed()


@rule("DESK-7")
def test_ari_suspends_a_company_and_resumes_it(portal: Portal) -> None:
    portal.sign_in(ARI)
    open_company(portal, "Coastline IT")
    portal.page.get_by_label("Reason").fill("Unpaid since May")
    portal.button("Suspend").click()
    portal.sees(re.compile("Unpaid since May"))
    portal.button("Resume").click()
    portal.says("Resumed")
    expect(portal.button("Suspend")).to_be_visible()


@rule("DESK-3", "WEB-2")
def test_a_company_is_edited_by_keyboard_alone(scripted: Portal) -> None:
    scripted.sign_in(MOANA)
    scripted.open("/desk")
    scripted.press("g", "c")
    scripted.heading("Companies")
    scripted.press("f")
    expect(scripted.page.get_by_label("Name, account number", exact=False)).to_be_focused()
    scripted.type("coastline")
    scripted.press("Enter")
    expect(scripted.row("Brightbyte")).to_have_count(0)
    scripted.press("Escape", "j", "Enter")
    scripted.heading("Coastline IT")
    scripted.press("e")
    scripted.heading("Edit Coastline IT")
    scripted.tab_to(scripted.page.get_by_label("Phone"))
    scripted.type("09 555 0177")
    scripted.press("Enter")
    scripted.heading("Coastline IT")
    scripted.sees("09 555 0177")


@rule("WEB-3")
def test_the_pages_of_the_desk_are_sound_wide_and_narrow(scripted: Portal) -> None:
    scripted.sign_in(ARI)
    company = open_company(scripted, "Brightbyte Ltd")
    scripted.link("Dana Reyes").click()
    scripted.heading("Dana Reyes")
    dana = scripted.page.url.removeprefix(scripted.url).partition("?")[0]
    scripted.open("/desk/staff")
    scripted.link("Ari Castellan").click()
    scripted.heading("Ari Castellan")
    own = scripted.page.url.removeprefix(scripted.url)
    new = f"{company}/administrators/new"
    for path in ("/desk/companies", company, f"{company}/edit", new, dana, "/desk/staff/new", own, "/desk/cases"):
        for size in (WIDE, NARROW):
            scripted.page.set_viewport_size(size)
            assert scripted.open(path) == 200
            assert not faults(scripted.page) and not unsound(scripted.page), path
            assert not too_wide(scripted.page), path
        assert not too_low(scripted.page), path
