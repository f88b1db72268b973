"""`portal staff add`: how the first of the desk gets in (DESK-7)."""

import re
from pathlib import Path

import pytest

from tests.rules_named import rule
from tests.servers import command

pytestmark = rule("DESK-7")
ADD = ("staff", "add", "ari@harbour.example")


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite:///{tmp_path / 'portal.db'}"
    command(made, tmp_path, "migrate")
    return made


def test_the_first_of_the_staff_gets_a_link(url: str, tmp_path: Path) -> None:
    done = command(
        url, tmp_path, *ADD, "--role", "administrator", "--role", "sales", PORTAL_BASE_URL="https://desk.example"
    )
    assert done.returncode == 0 and done.stderr == ""
    assert "administrator, sales" in done.stdout and "within 72 hours" in done.stdout
    assert re.fullmatch(r"https://desk\.example/staff/[\w-]{43}", done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("staff", "add", "ari", "--role", "sales"), "is no e-mail address"),
        ((*ADD, "--role", "king"), "invalid choice: 'king'"),
        (ADD, "required: --role"),
        (("staff",), "required: DEED"),
    ],
)
def test_a_mistake_adds_nobody(url: str, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = command(url, tmp_path, *arguments)
    assert done.returncode != 0 and said in done.stderr and "Traceback" not in done.stderr and not done.stdout


def test_an_address_is_added_once(url: str, tmp_path: Path) -> None:
    command(url, tmp_path, *ADD, "--role", "sales")
    done = command(url, tmp_path, "staff", "add", "ARI@harbour.example", "--role", "administrator")
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "logs in with this address already" in done.stderr or "in use already" in done.stderr
