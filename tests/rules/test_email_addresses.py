"""Addresses are compared without case and look-alike letters; slips are told (LOGIN-1)."""

from collections.abc import Callable
from time import process_time

import pytest

from app.rules import challenges, password_policy
from app.rules.email_addresses import email_key, why_not
from tests.rules_named import rule


@rule("LOGIN-1")
@pytest.mark.parametrize("typed", ["Ben@Brightbyte.example", " ben@brightbyte.example ", "ｂｅｎ@brightbyte.example"])
def test_case_blanks_and_wide_letters_do_not_count(typed: str) -> None:
    assert email_key(typed) == "ben@brightbyte.example"


@pytest.mark.parametrize("typed", ["ben@brightbyte.example", "b.o'neil+po@a-b.co.nz", "zoë@bücher.example"])
def test_mail_can_go_to_these(typed: str) -> None:
    assert why_not(typed) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "", "ben", "ben@", "@x.example", "ben@x", "a b@x.example", "ben@x.example,sam@y.example", "Ben <ben@x.example>",
        "ben@x.example\nBcc: sam@y.example", "ben@x..example", "a@b@c.example",
        f"{'a' * 250}@x.example", "be\0n@x.example",
    ],
)  # fmt: skip
def test_mail_cannot_go_to_these(typed: str) -> None:
    assert why_not(typed)


@pytest.mark.parametrize("look", [email_key, why_not, password_policy.folded, challenges.normal])
def test_a_hundred_thousand_accents_take_nobodys_time(look: Callable[[str], object]) -> None:
    begun = process_time()
    look("a" + "\u0300\u0316" * 50_000 + "@x.example")
    assert process_time() - begun < 0.5
