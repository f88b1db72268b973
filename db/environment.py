"""The settings that the process was started with: the environment, then the file `.env`."""

import os
from collections.abc import Mapping
from pathlib import Path


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    pairs: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            pairs[name.strip().removeprefix("export ")] = value.strip().strip("\"'")
    return pairs


def environment() -> Mapping[str, str]:
    """Every setting by name; the process's environment wins over `.env` in the working directory."""
    return {**_from_file(Path(".env")), **os.environ}


def database_url() -> str:
    """`sqlite:///PATH` or `postgresql://...`, as `PORTAL_DATABASE_URL` says."""
    return environment().get("PORTAL_DATABASE_URL") or "sqlite:///var/portal.db"


def database_file() -> Path | None:
    """The file that holds the whole database, which one process alone may serve; None where a server keeps it."""
    url = database_url()
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None
