"""What tests of the customer view look at: the page and each file of it, as a text of all that can be read from it."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import httpx
from pypdf import PdfReader

from db import sql
from tests.browser import Browser
from tests.cast import Cast, Person
from tests.checking_out import basket_of

FORMS = ("", "pdf", "csv", "xlsx")
# What nobody outside may learn, by the product: cents that occur nowhere else.
COSTS = {"dock": 71_234_567, "hub": 58_765_421, "certified": 43_217_089}
BREAK = 70_998_877


async def offered(cast: Cast, owner: Person, visibility: str = "shared") -> int:
    """A basket of the owner with three lines: one with a price of its own, one marked up, one without stock."""
    lines = [(cast.dock, 2), (cast.hub, 3), (cast.certified, 1)]
    await sql.run("DELETE FROM list_prices WHERE min_quantity > 1")
    for name, cents in COSTS.items():
        await sql.run("UPDATE list_prices SET price_cents = $1 WHERE product = $2", cents, getattr(cast, name).id)
    dear = """INSERT INTO list_prices (price_list, product, min_quantity, price_cents)
        SELECT price_list, product, 9, $1 FROM list_prices WHERE product = $2 AND price_list = 1"""
    await sql.run(dear, BREAK, cast.dock.id)
    basket = await basket_of(owner, *lines)
    await sql.run("UPDATE baskets SET visibility = $1, markup_basis_points = 1789 WHERE id = $2", visibility, basket)
    await sql.run("UPDATE basket_lines SET selling_cents = 90000001 WHERE product = $1", cast.dock.id)
    await sql.run("UPDATE basket_lines SET note = 'our margin is thin' WHERE basket = $1", basket)
    return basket


async def asked(browser: Browser, basket: int, form: str) -> httpx.Response:
    return await browser.get(f"/baskets/{basket}/customer{f'?format={form}' if form else ''}")


def read(answer: httpx.Response, form: str) -> str:
    """All that the answer holds, unpacked, with its headers."""
    heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    raw = answer.content.decode("utf-8", "replace")
    if form == "pdf":
        raw += pdf_text(answer.content)
    elif form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            raw = "\n".join(f"{name} {book.read(name).decode()}" for name in book.namelist())
    return f"{heads}\n{raw}"


def pdf_text(content: bytes) -> str:
    """What stands on its pages, what it says of itself, and its streams unpacked."""
    reader = PdfReader(io.BytesIO(content))
    streams = "".join(page.get_contents().get_data().decode("latin-1") for page in reader.pages)  # type: ignore[union-attr]
    return (
        "\n".join(page.extract_text() for page in reader.pages)
        + str(reader.metadata)
        + str(reader.xmp_metadata)
        + streams
    )


def csv_rows(answer: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


def xlsx_rows(answer: httpx.Response) -> list[list[str]]:
    """The cells of the only sheet, figures as they are kept."""
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 (our own file)
    return [["".join(cell.itertext()) for cell in row] for row in root.iter() if row.tag.endswith("}row")]
