"""Passwords and links in mail: sealed in the row, filled in at sending, masked at the desk, then erased (NOTIFY-3)."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from app.rules.sealed import seal, unseal
from db.sql import Row

PURPOSE = "mail"
MARK = re.compile("⟦([a-z_]+)⟧")
MASK = "••••"


def marks(names: Iterable[str]) -> dict[str, str]:
    """What stands in the text of a row for each secret."""
    return {name: f"⟦{name}⟧" for name in names}


def sealed(secrets: Mapping[str, str]) -> str:
    return seal(PURPOSE, json.dumps(dict(secrets))) if secrets else ""


def are_gone(notice: Mapping[str, Any], now: datetime) -> bool:
    """Whether the mail had secrets that are erased, or that nobody can use any more."""
    until = notice["secrets_until"]
    return until is not None and (until <= now or not notice["sealed_secrets"])


def opened(notice: Row) -> Row:
    """The mail as its recipient gets it; raises sealed.Unreadable."""
    if not notice["sealed_secrets"]:
        return notice
    secrets: dict[str, str] = json.loads(unseal(PURPOSE, notice["sealed_secrets"]))
    return _filled(notice, secrets, {name: escape(secret) for name, secret in secrets.items()})


def masked(notice: Row) -> Row:
    """The mail as anybody else sees it."""
    if notice["secrets_until"] is None:
        return notice
    names = dict.fromkeys(MARK.findall(notice["text"] + notice["html"]), MASK)
    return _filled(notice, names, names)


def _filled(notice: Row, in_text: Mapping[str, str], in_html: Mapping[str, str]) -> Row:
    text = MARK.sub(lambda mark: in_text.get(mark[1], mark[0]), notice["text"])
    html = MARK.sub(lambda mark: in_html.get(mark[1], mark[0]), notice["html"])
    return {**notice, "text": text, "html": html}
