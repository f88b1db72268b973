"""What was typed, pasted and loaded on Quick Order, as one list, and the basket that was chosen for it."""

import asyncio
import re
from itertools import islice, zip_longest
from typing import NamedTuple

from app.files import code_columns, code_lists
from app.files.code_lists import Broken, Read, Typed
from app.forms import BAD_CHARACTERS, Form, Upload
from app.routes.basket_pages import number
from app.rules import baskets
from app.rules.settings import settings
from app.rules.sheets import PAD_ROWS, Target, joined

NEW = "new"
TEXT_BYTES = 256 * 1024
PAD_FIELDS = ("codes", "quantities", "notes")
SEVERAL = re.compile(r"\S[^\S\r\n]+\S|[\t,;|]")  # a line that holds more than a code


class PadRow(NamedTuple):
    """A row of the pad as it was typed; a note comes with what was pasted alone."""

    code: str = ""
    quantity: str = ""
    note: str = ""


def pad_of(form: Form) -> list[PadRow]:
    """Every row of the pad, blank ones too."""
    sent = [[BAD_CHARACTERS.sub("\ufffd", text).strip() for text in form.all(name)] for name in PAD_FIELDS]
    rows = zip_longest(*(column[: len(sent[0])] for column in sent), fillvalue="")
    return [PadRow(*row) for row in islice(rows, PAD_ROWS)]


def typed_of(pad: list[PadRow]) -> list[Typed]:
    """The rows that hold something, by their place; a code alone means one."""
    return [
        code_columns.typed(at, row.code, row.quantity or "1", row.note)
        for at, row in enumerate(pad, 1)
        if row.code or row.quantity
    ]


async def cells_of(form: Form) -> str:
    """A pasted text as cells of the pad: a line a row, apart by tabs; raises Invalid for what is no list.

    Codes alone leave the quantities beside them as they are.
    """
    read = await _of_text(form)
    form.check()
    bare = not SEVERAL.search(form.get("text"))
    rows = [[row.code] if bare else [row.code, row.quantity, *filter(None, [row.note])] for row in read.rows]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def target_of(form: Form) -> Target:
    """The basket for the good rows; raises Invalid for a name that none can have."""
    if chosen := number(form.get("basket")):
        return Target(chosen)
    name = " ".join(form.text("name", baskets.NAME_LENGTH).split())
    form.check()
    return Target(0, name)


async def read_of(form: Form) -> tuple[Read, str]:
    """All rows of the form, and the name of its file: a file's rows first, which so keep their numbers."""
    sent = next(iter(form.files), None)
    reads = [await _of_file(sent, form)] if sent else []
    if form.get("text").strip():
        reads.append(await _of_text(form))
    if pad := typed_of(pad_of(form)):
        reads.append(Read(pad, []))
    form.check()
    return joined(reads), BAD_CHARACTERS.sub("\ufffd", sent.name) if sent else ""


async def _of_text(form: Form) -> Read:
    text = BAD_CHARACTERS.sub("\ufffd", form.get("text"))
    if len(text.encode("utf-8", "replace")) > TEXT_BYTES:
        form.errors["text"] = "This is more than 256 KiB. Save it as a file, and choose that below."
        return Read([], [])
    try:
        return await asyncio.to_thread(code_lists.read_text, text, settings.list_rows)
    except Broken as wrong:
        form.errors["text"] = wrong.reason
        return Read([], [])


async def _of_file(sent: Upload, form: Form) -> Read:
    if sent.content is None:
        form.errors["file"] = f"The file is larger than {settings.list_file_mb} MB. Send it in parts."
        return Read([], [])
    try:
        return await asyncio.to_thread(code_lists.read_file, sent.name, sent.read(), settings.list_rows)
    except Broken as wrong:
        form.errors["file"] = wrong.reason
        return Read([], [])
