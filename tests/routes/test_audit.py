"""The audit trail read by a company's administrators: own entries only, found, exported (USER-7)."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.rules import audit
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

HEADING = "When (Pacific/Auckland)"


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


async def noted(cast: Cast, **more: Any) -> None:
    """Dana has changed Ben's privileges."""
    by = cast.dana.viewer(network_address="192.0.2.7")
    given = {"subject": f"user {cast.ben.id}", "subject_name": "Ben Ito", "before": "see prices", "after": "invoices"}
    await audit.note("privileges_changed", by, **{**given, **more})


@rule("USER-7")
async def test_dana_reads_who_did_what_before_after_when_and_from_where(browser: Browser, cast: Cast) -> None:
    await noted(cast)
    await browser.sign_in(cast.dana)
    page = words(await browser.get("/account/audit"))
    assert "Dana Reyes privileges changed Ben Ito see prices → invoices 192.0.2.7" in page
    assert "2 entries, newest first" in page  # her own log-in is one


@rule("USER-7")
async def test_what_ended_with_the_deed_is_told_as_past(browser: Browser, cast: Cast) -> None:
    await noted(cast, after="")
    await browser.sign_in(cast.dana)
    assert "Ben Ito was see prices 192.0.2.7" in words(await browser.get("/account/audit"))


@rule("USER-7")
async def test_another_companys_entries_do_not_exist(browser: Browser, cast: Cast) -> None:
    await noted(cast)
    await browser.sign_in(cast.sam)
    for query in (
        "",
        "?q=ben",
        "?person=dana",
        "?action=privileges_changed",
        "?account=100234&q=ben",
        "?format=csv&q=ben",
    ):
        answer = await browser.get(f"/account/audit{query}")
        assert answer.status_code == 200
        assert "Ben Ito" not in answer.text and "192.0.2.7" not in answer.text
        assert answer.text.count("Dana") == 0


@rule("USER-7")
@pytest.mark.parametrize("who", ["ben", "vera", "moana", "ari"])
async def test_the_trail_is_for_the_administrator(browser: Browser, cast: Cast, who: str) -> None:
    await browser.sign_in(getattr(cast, who))
    for query in ("", "?format=csv", "?format=xlsx"):
        assert (await browser.get(f"/account/audit{query}")).status_code == 403


async def test_a_visitor_is_led_to_the_log_in(browser: Browser, cast: Cast) -> None:
    assert (await browser.get("/account/audit")).headers["Location"] == "/login?next=/account/audit"
    assert (await browser.post("/account/audit")).status_code == 405


@rule("USER-7")
@pytest.mark.parametrize(
    "query",
    [
        "q=ben",
        "q=BÉN+invo",
        "q=192.0.2.7",
        "q=changed",
        "action=privileges_changed",
        "person=dana",
        "person=rey+Da",
        "q=ito&person=reyes&action=privileges_changed",
    ],
)
async def test_dana_finds_an_entry(browser: Browser, cast: Cast, query: str) -> None:
    await noted(cast)
    await audit.note("user_added", cast.moana.viewer(), cast.brightbyte, "user 99", "Kim Oh")
    await browser.sign_in(cast.dana)
    page = words(await browser.get(f"/account/audit?{query}"))
    assert "see prices → invoices" in page and "Kim Oh" not in page


@pytest.mark.parametrize("query", ["q=en", "person=ben", "q=x%27%22)*", "q=%23" + "1", "q=%40dana+zz", "action=acted"])
async def test_what_is_not_there_is_said(browser: Browser, cast: Cast, query: str) -> None:
    await noted(cast)
    await browser.sign_in(cast.dana)
    answer = await browser.get(f"/account/audit?{query}")
    assert answer.status_code == 200
    assert "No entry fits these filters." in words(answer) or "%23" in query


async def test_days_are_danas_own(browser: Browser, cast: Cast) -> None:
    await noted(cast)
    await browser.sign_in(cast.dana)
    today = (datetime.now(UTC) + timedelta(hours=13)).date()  # in Auckland, daylight saving
    for query, is_found in (
        (f"from={today}&to={today}", True),
        (f"from={today - timedelta(days=9)}", True),
        (f"to={today - timedelta(days=1)}", False),
        (f"from={today + timedelta(days=1)}", False),
    ):
        page = (await browser.get(f"/account/audit?{query}")).text
        assert ("192.0.2.7" in page) is is_found, query


@pytest.mark.parametrize("query", ["from=yesterday", "to=2026-13-01", "from=2026-11-09&to=2026-11-08", "action=x"])
async def test_a_wrong_filter_is_said_at_its_field(browser: Browser, cast: Cast, query: str) -> None:
    await browser.sign_in(cast.dana)
    for form in ("", "&format=csv"):
        answer = await browser.get(f"/account/audit?{query}{form}")
        assert answer.status_code == 422
        assert 'class="error"' in answer.text


@rule("USER-7")
async def test_pages_lead_through_all_entries(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast.dana)
    for number in range(120):
        await noted(cast, subject_name=f"Person {number:03}")
    first = await browser.get("/account/audit")
    assert "121 entries" in words(first) and "Person 119" in first.text and "Person 069" not in first.text
    second = await browser.get(link(first.text, "next"))
    assert "Person 069" in second.text and "Person 020" in second.text and "Person 019" not in second.text
    third = await browser.get(link(second.text, "next"))
    assert "Person 000" in third.text and 'rel="next"' not in third.text
    again = await browser.get(link(third.text, "prev"))
    assert "Person 069" in again.text and "Person 020" in again.text and "Person 070" not in again.text
    assert 'rel="prev"' not in (await browser.get(link(again.text, "prev"))).text


def link(page: str, rel: str) -> str:
    return page.partition(f'rel="{rel}"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")


@pytest.mark.parametrize("query", ["before=x", "after=-1", "before=" + "9" * 30, "after=²", "before=0&after=0"])
async def test_any_place_is_answered(browser: Browser, cast: Cast, query: str) -> None:
    await browser.sign_in(cast.dana)
    assert (await browser.get(f"/account/audit?{query}")).status_code == 200


@rule("USER-7")
async def test_an_export_holds_what_the_filter_finds_and_is_an_entry(browser: Browser, cast: Cast) -> None:
    await noted(cast)
    await browser.sign_in(cast.dana)
    answer = await browser.get("/account/audit?format=csv&action=privileges_changed&q=ben")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="audit-2')
    assert answer.headers["cache-control"] == "no-store, private"
    heading, row = table(answer.text)
    assert heading == [HEADING, "Who", "Acting for", "What", "Whom", "Before", "After", "From where"]
    assert row[1:] == ["Dana Reyes", "", "privileges changed", "Ben Ito", "see prices", "invoices", "192.0.2.7"]
    assert datetime.fromisoformat(row[0]).utcoffset() in (timedelta(hours=13), timedelta(hours=12))
    page = words(await browser.get("/account/audit?action=exported"))
    assert "exported Audit trail csv, words ben, action privileges changed" in page


async def test_what_was_typed_is_text(browser: Browser, cast: Cast) -> None:
    await noted(cast, subject_name="<script>alert(1)</script>", before="\"onx='", after="{{7*7}}")
    await browser.sign_in(cast.dana)
    page = await browser.get("/account/audit?q=script")
    assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)" in page.text
    assert "{{7*7}}" in page.text and "49" not in words(page).partition("{{7*7}}")[0][-40:]
