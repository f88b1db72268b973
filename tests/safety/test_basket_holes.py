"""Baskets and Quick Order, in hands that want something else: long lines, names that swell, numbers beyond all."""

import time

import pytest

from app.files import code_lists
from tests.rules_named import rule


@rule("BASKET-11")
@pytest.mark.parametrize("ends", [("a", "b"), ("1", "-"), ("a x", "b"), ("4 x", "!")])
def test_a_line_of_blanks_is_read_at_once(ends: tuple[str, str]) -> None:
    started = time.process_time()
    code_lists.read_text((" " * 20_000).join(ends))
    assert time.process_time() - started < 2
