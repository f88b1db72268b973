"""The words of a letter and the headers of a message."""

from typing import Any

import pytest

from app.mail import letters, messages
from tests.rules.test_notices import PARTS


def test_a_header_cannot_be_broken_out_of() -> None:
    notice = {"recipient": "ben@brightbyte.example\r\nBcc: spy@evil.example", "subject": "Order"}
    with pytest.raises(messages.NoAddress):
        messages.composed(notice, messages.sender("trade@harbour.example", "Harbour"))


@pytest.mark.parametrize("wrong", ["", "ben", "ben@", "@b.example", "a@b.example, c@d.example", "b <a@b.example>"])
def test_what_is_no_address_gets_no_mail(wrong: str) -> None:
    with pytest.raises(messages.NoAddress):
        messages.composed({"recipient": wrong}, messages.sender("Trade <trade@harbour.example>", "Harbour"))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([PARTS[0]], "3 ship now"),
        ([{**PARTS[0], "quantity": 1}], "1 ships now"),
        ([PARTS[1]], "2 backordered, expected 3 Dec 2026"),
        ([PARTS[1], {**PARTS[1], "eta": None}], "4 backordered, no date yet"),
    ],
)
def test_a_promise_in_words(parts: list[dict[str, Any]], said: str) -> None:
    assert letters.promised(parts) == said
