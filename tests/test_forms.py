"""Reading what was typed: every error is found, and nothing typed is lost."""

import pytest

from app.forms import MOST_FIELDS, Form, TooMuch
from app.rules.refusals import Invalid


def test_every_error_of_a_form_is_said_at_once() -> None:
    form = Form.parse(b"name=&quantity=x&note=%00")
    form.text("name", 10, "Type a name.")
    form.whole("quantity", 1, 9)
    form.text("note", 10)
    with pytest.raises(Invalid) as wrong:
        form.check()
    assert set(wrong.value.errors) == {"name", "quantity", "note"}


@pytest.mark.parametrize(
    "typed", ["0", "-1", "1.5", "1e9", "½", "", "٣", "²", "9" * 100_000, "0x1", "1_000", "+5", str(2**63)]
)
def test_what_is_no_quantity_is_said(typed: str) -> None:
    form = Form([("quantity", typed)])
    assert form.whole("quantity", 1, 100_000) == 0
    assert form.errors["quantity"]
    assert len(form.errors["quantity"]) < 100


@pytest.mark.parametrize("typed", ["0", "-1", "100001", "9999999999999999999"])
def test_a_quantity_out_of_range_is_told_the_range(typed: str) -> None:
    form = Form([("quantity", typed)])
    form.whole("quantity", 1, 100_000)
    assert form.errors["quantity"] == "Type a whole number from 1 to 100,000."


@pytest.mark.parametrize(("typed", "number"), [("1", 1), (" 42 ", 42), ("100000", 100_000), ("007", 7)])
def test_a_quantity_is_read(typed: str, number: int) -> None:
    assert Form([("quantity", typed)]).whole("quantity", 1, 100_000) == number


@pytest.mark.parametrize("bad", ["\0", "\ud800", "\x1b", "\x7f", "\x08"])
def test_characters_that_cannot_be_kept_are_said(bad: str) -> None:
    form = Form([("name", f"a{bad}b")])
    form.text("name", 10)
    assert "character that cannot be kept" in form.errors["name"]
    assert bad not in form.typed()["name"]


@pytest.mark.parametrize("kept", ["emoji 🙂", "עברית", "\u202eabc", "e\u0301" * 4, "<script>", "Robert'); DROP TABLE"])
def test_other_text_is_kept_as_typed(kept: str) -> None:
    form = Form([("name", kept)])
    assert form.text("name", 40) == kept
    assert not form.errors


def test_broken_encodings_are_read_as_something_that_is_refused() -> None:
    form = Form.parse(b"name=%ff%fe")
    form.text("name", 10)
    assert form.errors["name"]


def test_passwords_and_tokens_are_not_shown_again() -> None:
    typed = Form([("csrf", "t"), ("password", "p"), ("email", "a@b.example")]).typed()
    assert dict(typed) == {"email": "a@b.example"}
    assert typed["anything"] == ""


def test_the_first_of_a_field_that_came_twice_counts_and_is_shown() -> None:
    form = Form([("name", "first"), ("name", "second")])
    assert form.text("name", 10) == form.typed()["name"] == "first"


def test_a_form_of_too_many_fields_is_not_read() -> None:
    with pytest.raises(TooMuch):
        Form.parse(b"&".join([b"a=1"] * (MOST_FIELDS + 1)))
