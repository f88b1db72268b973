"""What is sealed is read by its own purpose and with the portal's own secret alone."""

from collections.abc import Callable

import pytest

from app.rules import sealed


def test_a_sealed_text_is_read_again() -> None:
    box = sealed.seal("mail", "Wellington — 9½ 🙂")
    assert "Wellington" not in box
    assert sealed.unseal("mail", box) == "Wellington — 9½ 🙂"


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert sealed.seal("mail", "a") != sealed.seal("mail", "a")


@pytest.mark.parametrize("change", [lambda box: box[:-2] + "A=", lambda box: "", lambda box: box[:20]])
def test_a_changed_one_is_unreadable(change: Callable[[str], str]) -> None:
    with pytest.raises(sealed.Unreadable):
        sealed.unseal("mail", change(sealed.seal("mail", "a")))


def test_another_purpose_cannot_read_it() -> None:
    with pytest.raises(sealed.Unreadable):
        sealed.unseal("authenticator", sealed.seal("mail", "a"))
