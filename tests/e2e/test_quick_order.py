"""Ben orders by code: with the keyboard alone, without scripts, and by a file (BASKET-11)."""

import re
import sqlite3
from contextlib import closing
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
    said = portal.page.get_by_text(re.compile("“NOPE-11”"))
    expect(said).to_be_attached()
    expect(said).to_be_hidden()
    portal.press("Tab")
    expect(said).to_be_visible()
    expect(quantity(portal, 11)).to_be_focused()
    portal.press("ArrowDown")
    expect(quantity(portal, 12)).to_be_focused()


@rule("BASKET-11")
def test_what_is_typed_stays_until_it_is_sent_and_is_forgotten_at_the_log_out(scripted: Portal) -> None:
    portal = scripted
    portal.sign_in(BEN)
    portal.open("/quick-order")
    code(portal, 1).fill("NOPE-1")
    code(portal, 10).press("Enter")
    code(portal, 11).fill("NOPE-11")
    code(portal, 11).press("Tab")
    portal.page.get_by_label("List of codes and quantities").fill("NOPE-A\nNOPE-B")
    portal.says("and 2 rows under “Paste a list”")
    portal.link("Search for it").first.click()
    expect(portal.page).to_have_url(re.compile(r"/products\?q=NOPE-1"))
    portal.page.go_back()
    for _ in range(2):
        expect(code(portal, 11)).to_have_value("NOPE-11")
        portal.sees("“NOPE-11”")
        portal.says("and 2 rows under “Paste a list”")
        portal.page.reload()
    portal.page.get_by_role("button", name="Check", exact=True).click()
    expect(portal.page).to_have_url(re.compile(r"/quick-order/\d+"))
    portal.open("/quick-order")
    expect(code(portal, 1)).to_have_value("")
    code(portal, 1).fill("NOPE-2")
    portal.log_out()
    assert portal.measure("Object.keys(sessionStorage).filter(key => key.startsWith('kept ')).length") == 0


@rule("BASKET-11")
def test_ben_chooses_on_the_pad_among_what_a_code_names(scripted: Portal, database: Path, goods: list[Good]) -> None:
    with closing(sqlite3.connect(database)) as demo, demo:
        for good in goods[3:5]:
            demo.execute("UPDATE products SET vpn = 'SAME-1', vpn_key = 'SAME1' WHERE sku = ?", [good.sku])
    portal = scripted
    portal.sign_in(BEN)
    portal.open("/quick-order")
    code(portal, 1).fill("SAME-1")
    code(portal, 1).press("Tab")
    chosen = portal.button(re.compile(goods[4].sku))
    expect(chosen).to_be_visible()
    portal.tab_to(chosen)
    portal.press("Enter")
    expect(code(portal, 1)).to_be_focused()
    expect(code(portal, 1)).to_have_value(goods[4].sku)
    portal.says("1 row is good.")


@rule("BASKET-11")
def test_the_pad_reads_what_is_pasted_as_the_list_does(scripted: Portal, goods: list[Good]) -> None:
    portal = scripted
    portal.sign_in(BEN)
    portal.open("/quick-order")
    for row, text in enumerate((f"3 x {goods[0].sku}", f"{goods[1].sku} x2"), 1):
        code(portal, row).focus()
        portal.page.evaluate(PASTE, text)
    expect(quantity(portal, 1)).to_have_value("3")
    expect(quantity(portal, 2)).to_have_value("2")
    code(portal, 3).focus()
    portal.page.evaluate(PASTE, f"Qty\tSKU\tNote\n2\t{goods[2].sku}\tfor level 4\n" + "1\tNOPE\t\n" * 200)
    expect(code(portal, 3)).to_have_value(goods[2].sku)
    expect(code(portal, 200)).to_be_focused()
    portal.sees("for level 4")
    portal.says("and 3 rows under “Paste a list”")
    portal.says("3 rows are good, 197 are not.")


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
    portal.sees("1 row waits.")
    expect(code(portal, 2)).to_have_value("NOPE-3")
