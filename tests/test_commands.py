"""The command line as an operator meets it: one line for a mistake, never a traceback."""

from pathlib import Path

import pytest

from tests.servers import command, serving


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'portal.db'}"


def test_a_database_without_tables_is_said_in_one_line(url: str, tmp_path: Path) -> None:
    done = command(url, tmp_path, "serve", "--port", "1")
    assert done.returncode == 1
    assert done.stderr == "portal: The database has no tables yet. Run: portal migrate\n"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("mysql://somewhere", "neither sqlite:///PATH nor postgresql://"),
        ("postgresql://nobody@127.0.0.1:9/none", "cannot be reached"),
    ],
)
def test_a_wrong_database_is_said_in_one_line(tmp_path: Path, wrong: str, said: str) -> None:
    done = command(wrong, tmp_path, "migrate")
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_number_in_a_setting_is_said_in_one_line(url: str, tmp_path: Path) -> None:
    done = command(url, tmp_path, "migrate", PORTAL_MAX_ACTIVE_BASKETS="many")
    assert done.returncode != 0
    assert "PORTAL_MAX_ACTIVE_BASKETS is 'many'" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_second_server_on_one_file_refuses_to_start(url: str, tmp_path: Path) -> None:
    assert command(url, tmp_path, "migrate").returncode == 0
    with serving(url, tmp_path):
        done = command(url, tmp_path, "serve", "--port", "1")
    assert done.returncode == 1
    assert "Another portal already serves" in done.stderr
    assert done.stderr.count("\n") == 1


def test_more_workers_need_postgresql(url: str, tmp_path: Path) -> None:
    command(url, tmp_path, "migrate")
    done = command(url, tmp_path, "serve", "--workers", "2")
    assert "needs PostgreSQL" in done.stderr


def test_a_backup_comes_back(url: str, tmp_path: Path) -> None:
    command(url, tmp_path, "migrate")
    copy = tmp_path / "copy.db"
    assert command(url, tmp_path, "backup", str(copy)).returncode == 0
    assert "exists already" in command(url, tmp_path, "backup", str(copy)).stderr
    other = f"sqlite:///{tmp_path / 'other' / 'portal.db'}"
    assert command(other, tmp_path, "restore", str(copy)).returncode == 0
    assert command(other, tmp_path, "doctor", "--books").returncode == 0
    assert "Name" in command(url, tmp_path, "backup", str(copy)).stderr
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all, but long enough to be looked at" * 50)
    third = f"sqlite:///{tmp_path / 'third.db'}"
    assert "is not a backup" in command(third, tmp_path, "restore", str(broken)).stderr


def test_the_doctor_shows_settings_and_no_secret(url: str, tmp_path: Path) -> None:
    command(url, tmp_path, "migrate")
    told = command(url, tmp_path, "doctor", "--books", PORTAL_METRICS_TOKEN="hush-hush").stdout
    assert "PORTAL_MAX_ACTIVE_BASKETS = 100 (default)" in told
    assert "PORTAL_METRICS_TOKEN = (set) (environment)" in told
    assert "hush-hush" not in told
    assert "The books add up." in told
