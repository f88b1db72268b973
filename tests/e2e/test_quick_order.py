"""Ben orders by code: with the keyboard alone, without scripts, and by a file (BASKET-11)."""

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Good
from tests.e2e.words import BEN, Portal
from tests.rules_named import rule

PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const facts = {clipboardData: data, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", facts));
}"""


def code(portal: Portal, row: int) -> Locator:
    return portal.page.get_by_label(f"Code in row {row}", exact=True)


def quantity(portal: Portal, row: int) -> Locator:
    return portal.page.get_by_label(f"Quantity in row {row}", exact=True)


@rule("BASKET-11", "WEB-2")
def test_ben_types_and_pastes_with_the_keyboard_alone(scripted: Portal, goods: list[Good]) -> None:
    portal = scripted
    portal.sign_in(BEN)
    portal.open("/")
    portal.press("q")
    expect(code(portal, 1)).to_be_focused()
    portal.mark()
    portal.type(goods[0].vpn)
    portal.press("Tab")
    expect(quantity(portal, 1)).to_be_focused()
    portal.type("2")
    expect(portal.row(goods[0].name).first).to_be_visible()
    portal.press("ArrowDown")
    expect(quantity(portal, 2)).to_be_focused()
    portal.press("ArrowUp", "Enter")
    expect(code(portal, 2)).to_be_focused()
    portal.page.evaluate(PASTE, f"{goods[1].sku}\t1\n{goods[2].sku}\t1\nNOPE-1\t3\n{goods[1].sku}\t1")
    expect(code(portal, 5)).to_be_focused()
    portal.says("4 rows are good, 1 is not.")
    expect(code(portal, 5)).to_be_focused()
    expect(code(portal, 5)).to_have_value(goods[1].sku)
    portal.sees("With row 5: 2 in all.")
    quantity(portal, 2).press("Enter")
    expect(quantity(portal, 3)).to_be_focused()
    assert portal.stayed()
    portal.press("Control+Enter")
    portal.says(re.compile("4 rows added to"))
    expect(code(portal, 4)).to_have_value("NOPE-1")


@rule("BASKET-11")
def test_enter_makes_a_row_at_the_end(scripted: Portal) -> None:
    portal = scripted
    portal.sign_in(BEN)
    portal.open("/quick-order")
    code(portal, 10).focus()
    expect(code(portal, 10)).to_be_focused()
    portal.press("Enter")
    expect(code(portal, 11)).to_be_focused()
    portal.type("NOPE-11")
    portal.sees(re.compile("“NOPE-11”"))
    expect(code(portal, 11)).to_be_focused()


@rule("BASKET-11", "WEB-2")
def test_ben_pastes_mends_and_adds(portal: Portal, goods: list[Good]) -> None:
    portal.sign_in(BEN)
    portal.open("/quick-order")
    portal.page.get_by_label("Good rows go to").select_option("new")
    portal.page.get_by_label("Name of the new basket").fill(f"By list {portal.javascript}")
    portal.page.get_by_label("List of codes and quantities").fill(f"{goods[0].sku}\t2\nNOPE-2\t3")
    portal.button("Check the list").click()
    portal.sees("1 row is good, 1 is not.")
    portal.mark()
    code(portal, 2).fill(goods[1].sku)
    if portal.javascript:
        code(portal, 2).press("Enter")
    else:
        portal.button("Check row 2").click()
    portal.says("Row 2 is good now.")
    assert portal.stayed() is portal.javascript
    portal.button("Add 2 rows").click()
    portal.says(f"2 rows added to “By list {portal.javascript}”.")
    portal.link(f"“By list {portal.javascript}”").click()
    portal.sees(goods[1].name)


@rule("BASKET-11")
def test_ben_downloads_what_is_bad_and_loads_it_again(portal: Portal, goods: list[Good], tmp_path: Path) -> None:
    portal.sign_in(BEN)
    portal.open("/quick-order")
    file = {"name": "prices.csv", "mimeType": "text/csv", "buffer": f"SKU,Qty\n{goods[0].sku},1\nNOPE-3,2\n".encode()}
    portal.page.get_by_label("CSV or XLSX file").set_input_files(file)  # type: ignore[arg-type]
    portal.button("Check the file").click()
    portal.sees("1 row is good, 1 is not.")
    with portal.page.expect_download() as waiting:
        portal.link("CSV").click()
    waiting.value.save_as(tmp_path / "bad.csv")
    portal.open("/quick-order")
    portal.page.get_by_label("CSV or XLSX file").set_input_files(tmp_path / "bad.csv")
    portal.button("Check the file").click()
    portal.sees("1 row, and none is good yet.")
    expect(code(portal, 2)).to_have_value("NOPE-3")
