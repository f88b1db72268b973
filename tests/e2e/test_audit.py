"""The audit trail in a browser: found by keyboard alone, without JavaScript, and taken along as a file."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.words import ARI, BEN, DANA, Portal
from tests.rules_named import rule

pytestmark = rule("USER-7")


def test_dana_finds_who_came_in_by_keyboard(scripted: Portal) -> None:
    scripted.sign_in(BEN)
    scripted.sign_in(DANA)
    scripted.open("/account/audit")
    scripted.mark()
    scripted.press("f")
    expect(scripted.page.get_by_label("Find", exact=True)).to_be_focused()
    scripted.type("logged ben")
    scripted.press("Enter")
    expect(scripted.page).to_have_url(re.compile("q=logged"))
    expect(scripted.row("Ben").first).to_be_visible()
    expect(scripted.row("Dana")).to_have_count(0)
    assert scripted.stayed()


def test_the_trail_is_read_in_both_ways(portal: Portal) -> None:
    portal.sign_in(DANA)
    portal.open("/account/audit")
    portal.page.get_by_role("combobox", name="What").select_option("logged in")
    portal.page.get_by_label("Who did it").fill("dana")
    portal.button("Find").click()
    expect(portal.row("logged in").first).to_be_visible()
    portal.sees(re.compile("entr(y|ies), newest first"))


@pytest.mark.parametrize(("kind", "start"), [("CSV", b"\xef\xbb\xbfWhen"), ("XLSX", b"PK")])
def test_ari_takes_the_trail_along(portal: Portal, kind: str, start: bytes) -> None:
    portal.sign_in(ARI)
    portal.open("/desk/audit")
    with portal.page.expect_download() as coming:
        portal.link(kind).click()
    assert coming.value.suggested_filename.endswith(kind.lower())
    assert coming.value.path().read_bytes().startswith(start)
    portal.heading("Audit trail")
