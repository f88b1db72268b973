"""Dana adds a colleague, ticks what they may do, and shuts and opens their door."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.sights import faults, too_low, too_wide, unsound
from tests.e2e.words import DANA, Portal
from tests.rules_named import rule

NARROW = {"width": 390, "height": 844}


def box(portal: Portal, name: str) -> Locator:
    return portal.page.get_by_role("checkbox", name=name, exact=True)


def open_user(portal: Portal, name: str) -> None:
    portal.open("/account/users")
    portal.link(re.compile(f"^{name}")).click()
    portal.heading(re.compile(f"^{name}"))


@rule("USER-1", "USER-2", "USER-5")
def test_dana_adds_a_user(portal: Portal) -> None:
    portal.sign_in(DANA)
    portal.open("/account/users")
    portal.link("Add New User", exact=False).click()
    portal.heading("Add New User")
    name = f"Kim Ngata {portal.javascript}"
    portal.page.get_by_label("Name").fill(name)
    portal.button("Purchasing").click()
    expect(box(portal, "place orders")).to_be_checked()
    expect(portal.page.get_by_label("Name")).to_have_value(name)
    portal.page.get_by_label("E-mail address").fill(f"kim-{portal.javascript}@brightbyte.example")
    portal.page.get_by_label("E-mail address").press("Enter")
    portal.heading(name)
    portal.says("The first password is on its way")
    expect(box(portal, "place orders")).to_be_checked()
    portal.open("/account/users?q=ngata")
    expect(portal.row(name)).to_contain_text("has not logged in yet")
    expect(portal.row(name)).to_contain_text("Purchasing")


@rule("USER-3", "USER-4", "USER-5")
def test_a_tick_is_saved_in_place(scripted: Portal) -> None:
    scripted.sign_in(DANA)
    open_user(scripted, "Vera")
    scripted.mark()
    box(scripted, "deliver to a new address").check()
    scripted.says("Ticked as well: “see prices”, “use baskets” and “place orders”, for “deliver to a new address”.")
    expect(box(scripted, "use baskets")).to_be_checked()
    expect(box(scripted, "deliver to a new address")).to_be_focused()
    box(scripted, "see prices").uncheck()
    scripted.says(
        "Unticked as well: “place orders” and “deliver to a new address”, which cannot do without “see prices”."
    )
    scripted.button(re.compile("^Reset$")).click()
    expect(scripted.page.get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(scripted.button(re.compile("^Reset$"))).to_be_focused()
    with scripted.page.expect_response("**/privileges"):  # the word of the press before may still stand
        box(scripted, "see availability").check()
    scripted.says("Saved.")
    assert scripted.stayed()
    scripted.page.reload()
    expect(scripted.page.get_by_role("checkbox", checked=True)).to_have_count(1)


@rule("USER-3")
def test_a_tick_that_the_network_lost_goes_back(scripted: Portal) -> None:
    scripted.sign_in(DANA)
    open_user(scripted, "Vera")
    was = box(scripted, "invoices").is_checked()
    scripted.page.context.set_offline(True)
    box(scripted, "invoices").click()
    scripted.says("Not saved: the server cannot be reached.")
    expect(box(scripted, "invoices")).to_be_checked(checked=was)
    scripted.page.context.set_offline(False)
    scripted.complaints.clear()  # the browser itself reports the network


@rule("USER-3", "USER-4")
def test_a_tick_is_saved_without_javascript(plain: Portal) -> None:
    plain.sign_in(DANA)
    open_user(plain, "Vera")
    box(plain, "account statements").check()
    plain.button("Save privileges").click()
    plain.says("Ticked as well: “invoices”, for “account statements”.")
    expect(box(plain, "invoices")).to_be_checked()
    plain.button("Support").click()
    expect(box(plain, "create returns")).to_be_checked()
    plain.button(re.compile("^Reset$")).click()
    expect(plain.page.get_by_role("checkbox", checked=True)).to_have_count(0)
    box(plain, "see availability").check()
    plain.button("Save privileges").click()
    plain.says("Saved.")


@rule("USER-2", "WEB-2")
def test_dana_disables_and_enables_ben_by_keyboard_alone(scripted: Portal) -> None:
    scripted.sign_in(DANA)
    scripted.open("/")
    expect(scripted.page.get_by_role("heading", level=1)).to_be_visible()
    scripted.press("g", "u")
    scripted.heading("User Administration")
    scripted.press("j", "Enter")
    scripted.heading(re.compile("^Ben"))
    scripted.mark()
    scripted.tab_to(scripted.button("Disable"))
    scripted.press("Enter")
    scripted.says("is disabled: logged out everywhere")
    expect(scripted.button("Enable")).to_be_visible()
    scripted.tab_to(scripted.button("Enable"))
    scripted.press("Enter")
    scripted.says("can log in again")
    assert scripted.stayed()


@rule("USER-2")
def test_dana_resets_a_password_and_deletes_a_user(portal: Portal) -> None:
    portal.sign_in(DANA)
    open_user(portal, f"Kim Ngata {portal.javascript}")
    portal.page.locator("summary", has_text="Reset password").click()
    portal.button("Mail a new password").click()
    portal.says("A temporary password is on its way")
    portal.link("Delete").click()
    portal.heading(re.compile("^Delete Kim"))
    portal.sees("Nothing brings a deleted user back")
    portal.button(re.compile("^Delete Kim")).click()
    portal.heading("User Administration")
    expect(portal.row(f"Kim Ngata {portal.javascript}")).to_have_count(0)


@rule("WEB-3", "USER-6")
def test_the_pages_are_sound_wide_and_narrow(scripted: Portal) -> None:
    scripted.sign_in(DANA)
    open_user(scripted, "Ben")
    ben = scripted.page.url.removeprefix(scripted.url).partition("?")[0]
    open_user(scripted, "Dana")
    expect(scripted.button("Disable")).to_be_disabled()
    own = scripted.page.url.removeprefix(scripted.url).partition("?")[0]
    for path in ("/account/users", "/account/users/new", ben, own, f"{ben}/removal"):
        for size in ({"width": 1440, "height": 900}, NARROW):
            scripted.page.set_viewport_size(size)  # type: ignore[arg-type]
            assert scripted.open(path) == 200
            assert not faults(scripted.page) and not unsound(scripted.page), path
            assert not too_wide(scripted.page), path
        assert not too_low(scripted.page), path
