"""The first steps: nothing else opens before them, and each is taken once (LOGIN-3)."""

import re

import httpx
import pytest

from app.rules import temporary_passwords
from db import sql
from tests.browser import Browser, words
from tests.cast import Cast
from tests.rules_named import rule

NEW = "Quay-lantern-73"
CHALLENGE = {"question": "own", "own_question": "Which ferry did we miss?", "answer": "The Kea, at noon"}


@pytest.fixture
async def let_in(browser: Browser, cast: Cast) -> Browser:
    """Ben, with the temporary password that Dana had sent to him."""
    prepared = await temporary_passwords.prepare()
    await temporary_passwords.give(cast.ben.id, prepared, "reset", cast.dana.viewer())
    await browser.get("/login")
    answer = await browser.post("/login", {"email": cast.ben.email, "password": prepared.text})
    assert answer.status_code == 303
    return browser


async def set_password(browser: Browser, new: str = NEW):  # type: ignore[no-untyped-def]
    return await browser.post("/welcome/password", {"new_password": new, "repeated": new})


@rule("LOGIN-3")
@pytest.mark.parametrize("path", ["/", "/baskets", "/account/profile", "/products", "/account/profile/password"])
async def test_every_other_page_leads_to_the_first_steps(let_in: Browser, path: str) -> None:
    assert (await let_in.get(path)).headers["Location"] == "/welcome"
    led = await let_in.get(path, htmx=True)
    assert led.status_code == 200 and led.headers["HX-Redirect"] == "/welcome"


@rule("LOGIN-3")
@pytest.mark.parametrize("path", ["/baskets", "/account/profile/password"])
async def test_nothing_is_done_before_the_first_steps(let_in: Browser, path: str) -> None:
    assert (await let_in.post(path, {"name": "x"})).headers["Location"] == "/welcome"
    assert await sql.value("SELECT count(*) FROM baskets") == 0


@rule("LOGIN-2", "LOGIN-3")
async def test_ben_takes_both_steps_and_is_led_to_his_profile(let_in: Browser) -> None:
    assert "Choose a password of your own" in words(await let_in.get("/welcome"))
    first = await set_password(let_in)
    assert first.headers["Location"] == "/welcome?done=password"
    assert "Set a challenge question" in words(await let_in.follow(first))
    last = await let_in.post("/welcome/challenge", CHALLENGE)
    assert last.headers["Location"] == "/account/profile?welcome=1"
    assert (await let_in.get("/baskets")).status_code == 200


@rule("LOGIN-2")
async def test_the_new_password_is_the_one_that_counts(let_in: Browser, cast: Cast) -> None:
    await set_password(let_in)
    await let_in.post("/welcome/challenge", CHALLENGE)
    await let_in.post("/logout")
    await let_in.get("/login")
    answer = await let_in.post("/login", {"email": cast.ben.email, "password": NEW})
    assert answer.headers["Location"] == "/"


@rule("LOGIN-3")
async def test_the_steps_are_done_in_order_and_none_is_skipped(let_in: Browser) -> None:
    await let_in.post("/welcome/challenge", CHALLENGE)
    assert (await let_in.get("/baskets")).headers["Location"] == "/welcome"
    assert (await set_password(let_in)).headers["Location"] == "/account/profile?welcome=1"


@rule("LOGIN-3")
async def test_only_the_challenge_is_asked_where_only_it_is_owed(browser: Browser, cast: Cast) -> None:
    await sql.run("UPDATE users SET challenge_answer_hash = '' WHERE id = $1", cast.vera.id)
    await browser.sign_in(cast.vera)
    page = await browser.get("/welcome")
    assert 'name="answer"' in page.text and 'name="new_password"' not in page.text
    assert (await set_password(browser)).status_code == 403
    assert (await browser.post("/welcome/challenge", CHALLENGE)).headers["Location"] == "/account/profile?welcome=1"


def listed(page: httpx.Response) -> list[str]:
    """The first steps as they stand on a page, with their state."""
    steps = page.text.partition('aria-label="First steps"')[2].partition("</ol>")[0]
    return [
        f"{state}: {' '.join(name.split())}" for state, name in re.findall(r'<li class="(\w+)"[^>]*>([^<]*)', steps)
    ]


@rule("LOGIN-3", "LOGIN-10")
async def test_the_password_just_set_is_not_asked_for_again(let_in: Browser, cast: Cast) -> None:
    await sql.run("UPDATE companies SET requires_second_step = TRUE WHERE id = $1", cast.brightbyte)
    await set_password(let_in)
    last = await let_in.post("/welcome/challenge", CHALLENGE)
    assert last.headers["Location"] == "/account/profile/second-step/app/new"
    page = await let_in.follow(last)
    assert page.status_code == 200 and "data:image/svg+xml" in page.text and "Current password" not in words(page)


@rule("LOGIN-3")
async def test_the_steps_keep_their_numbers_at_a_new_log_in(let_in: Browser, cast: Cast) -> None:
    await sql.run("UPDATE companies SET requires_second_step = TRUE WHERE id = $1", cast.brightbyte)
    rest = ["later: Set up a second step", "later: Look through your profile and notifications"]
    first, second = "Choose a password of your own", "Set a challenge question"
    assert listed(await let_in.get("/welcome")) == [f"now: {first}", f"later: {second}", *rest]
    await set_password(let_in)
    await let_in.sign_in(cast.ben)
    assert listed(await let_in.get("/welcome")) == [f"done: {first}", f"now: {second}", *rest]
    await let_in.post("/welcome/challenge", CHALLENGE)
    page = await let_in.get("/account/profile/second-step")
    assert listed(page) == [f"done: {first}", f"done: {second}", "now: Set up a second step", rest[1]]
    await sql.run("UPDATE companies SET requires_second_step = FALSE")
    assert listed(await let_in.get("/account/profile/second-step")) == []


@rule("LOGIN-3")
async def test_who_owes_a_second_step_alone_is_led_there(browser: Browser, cast: Cast) -> None:
    await sql.run("DELETE FROM authenticators")
    await browser.sign_in(cast.moana)
    assert (await browser.get("/welcome")).headers["Location"] == "/account/profile/second-step"


@rule("LOGIN-8")
async def test_the_first_steps_change_no_password_afterwards(browser: Browser, cast: Cast) -> None:
    before = await sql.value("SELECT password_hash FROM users WHERE id = $1", cast.ben.id)
    await browser.sign_in(cast.ben)
    assert (await browser.get("/welcome")).headers["Location"] == "/account/profile?welcome=1"
    assert (await set_password(browser)).status_code == 403
    assert (await browser.post("/welcome/challenge", CHALLENGE)).status_code == 403
    assert await sql.value("SELECT password_hash FROM users WHERE id = $1", cast.ben.id) == before


async def test_a_visitor_has_no_first_steps(browser: Browser) -> None:
    assert (await browser.get("/welcome")).headers["Location"] == "/login?next=/welcome"


@pytest.mark.parametrize("path", ["/welcome/password", "/welcome/challenge"])
async def test_looking_sets_nothing(let_in: Browser, path: str) -> None:
    assert (await let_in.get(f"{path}?new_password={NEW}&repeated={NEW}")).status_code in (404, 405)


@rule("LOGIN-4")
@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("", "Type a new password"),
        ("short", "At least 10"),
        ("quay-lantern-73", "upper-case"),
    ],
)
async def test_what_is_wrong_stands_at_the_field(let_in: Browser, new: str, says: str) -> None:
    answer = await let_in.post("/welcome/password", {"new_password": new, "repeated": new})
    error = answer.text.partition('id="field-new_password-error"')[2].partition("</p>")[0]
    assert answer.status_code == 422 and says in error and (not new or new not in answer.text)


async def test_a_slip_of_the_finger_is_found(let_in: Browser) -> None:
    answer = await let_in.post("/welcome/password", {"new_password": NEW, "repeated": NEW + "4"})
    assert answer.status_code == 422 and "not the same" in words(answer) and NEW not in answer.text


@rule("LOGIN-3")
@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"question": ""}, "question"),
        ({"question": "Who are you?"}, "question"),
        ({"own_question": "Why?"}, "own_question"),
        ({"own_question": "Which\nBcc: a ferry was it?"}, "own_question"),
        ({"answer": "Ke a"}, "answer"),
        ({"answer": "x" * 101}, "answer"),
        ({"answer": "FERRY"}, "answer"),
        ({"answer": "!!! ??? ..."}, "answer"),
    ],
)
async def test_a_question_or_answer_that_cannot_serve(let_in: Browser, changed: dict[str, str], at: str) -> None:
    await set_password(let_in)
    answer = await let_in.post("/welcome/challenge", {**CHALLENGE, **changed})
    assert answer.status_code == 422 and f'id="field-{at}-error"' in answer.text
    assert "The Kea" not in answer.text
    assert not await sql.value("SELECT challenge_question FROM users WHERE email_key LIKE 'ben@%'")


@rule("LOGIN-2")
async def test_a_reset_in_the_middle_wins(let_in: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = await temporary_passwords.prepare()

    async def meanwhile(_: str) -> str:
        await temporary_passwords.give(cast.ben.id, prepared, "reset", cast.dana.viewer())
        return "a hash"

    monkeypatch.setattr("app.rules.passwords.make", meanwhile)
    assert (await set_password(let_in)).status_code == 409
    assert await sql.value("SELECT password_hash FROM users WHERE id = $1", cast.ben.id) == prepared.hashed
