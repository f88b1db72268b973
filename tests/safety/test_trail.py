"""A long story of deeds: an entry for each, with both names while acting, and no secret anywhere (USER-7, case 39)."""

import pytest

from tests import mailed
from tests.browser import Browser
from tests.cast import PASSWORD, Cast
from tests.checking_out import basket_of, placed
from tests.routes.test_second_steps import begun, shown
from tests.rules_named import rule
from tests.safety.rows import file_bytes, tables
from tests.safety.story import Story
from tests.second_step import give_password, wrong_code

pytestmark = rule("USER-7")

SECOND_STEP = "/account/profile/second-step"
NEW, NEWER = "Quay-lantern-73", "Harbour-Kelp-2041"


@pytest.fixture
async def story(browser: Browser, cast: Cast) -> Story:
    return Story(browser, cast)


async def log_in_and_out(story: Story) -> None:
    """Ben guesses wrong, comes in, changes what he logs in with, and goes."""
    ben = story.cast.ben
    await story.browser.get("/login")
    await story.do("/login", {"email": ben.email, "password": "Wrong-guess-77"}, "login_failed")
    await story.do("/login", {"email": ben.email, "password": PASSWORD}, "logged_in")
    changed = {"current_password": PASSWORD, "new_password": NEW, "repeated": NEW}
    await story.do("/account/profile/password", changed, "password_changed")
    asked = {"current_password": NEW, "question": "own", "own_question": "Which ferry?", "answer": "Tinaroo at noon"}
    await story.do("/account/profile/challenge", asked, "challenge_set")
    await story.do("/logout", None, "logged_out")


async def take_a_second_step(story: Story) -> None:
    """Ben sets an app up, logs in with a wrong and a right code, and with a recovery code."""
    ben, browser = story.cast.ben, story.browser
    await story.enter(ben)
    await story.do(SECOND_STEP, {"current_password": NEW})
    secret = await begun(browser)
    answer = await story.do(f"{SECOND_STEP}/app/confirmation", {"code": story.now(secret)}, "second_step_added")
    recovery = shown(await browser.follow(answer))
    story.secrets |= {secret, *recovery}
    browser.sign_out()
    await give_password(browser, ben, NEW)
    await story.do("/login/second-step", {"code": wrong_code()}, "second_step_failed")
    await story.do("/login/second-step", {"code": recovery[0]}, "recovery_code_used", "logged_in")


async def keep_users(story: Story) -> None:
    """Dana adds Kim, changes Vera's rights, and lets Kim go."""
    await story.enter(story.cast.dana)
    kim = {"name": "Kim Ngata", "email": "kim@brightbyte.example", "phone": "", "job_title": ""}
    answer = await story.do("/account/users", kim, "user_added", "password_sent")
    story.secrets.add(await mailed.secret("temporary_password", "password"))
    address = answer.headers["Location"].partition("?")[0]
    vera = f"/account/users/{story.cast.vera.id}"
    await story.do(f"{vera}/privileges", {"privileges": "invoices"}, "privileges_changed")
    sent = {"name": "Vera Lindh", "phone": "1", "job_title": "", "version": "1"}
    await story.do(vera, {**sent, "email": story.cast.vera.email}, "user_changed")
    await story.do(f"{vera}/suspension", None, "user_disabled")
    await story.do(f"{vera}/suspension/removal", None, "user_enabled")
    await story.do(f"{vera}/password", None, "password_sent")
    story.secrets.add(await mailed.secret("temporary_password", "password"))
    await story.do(f"{address}/removal", None, "user_deleted")
    await story.browser.get("/account/audit?format=csv")
    assert [row["action"] for row in await story.entries()] == ["exported"]


async def forget(story: Story) -> None:
    """Sam has forgotten the password, misremembers the answer once, and moves to another address."""
    story.browser.sign_out()
    await story.browser.get("/password/forgotten")
    await story.do("/password/forgotten", {"email": story.cast.sam.email}, "password_reset_asked")
    path = await mailed.link("password_reset")
    story.links.add(path.rpartition("/")[2])
    await story.do(path, {"answer": "Invercargill"}, "challenge_failed")
    await story.do(path, {"answer": "wellington"})
    await story.do(f"{path}/password", {"new_password": NEWER, "repeated": NEWER}, "password_reset")
    await story.enter(story.cast.sam)
    moved = {"email": "sam.o@coastline.example", "current_password": NEWER}
    await story.do("/account/profile/email", moved, "email_change_asked")
    path = await mailed.link("email_change")
    story.links.add(path.rpartition("/")[2])
    await story.do(path, None, "email_changed")


async def work_at_the_desk(story: Story) -> None:
    """Ari lets Lee in and gives a role; Moana suspends Coastline for a while."""
    await story.enter(story.cast.ari)
    lee = {"name": "Lee Moss", "email": "lee@harbour.example", "phone": "", "job_title": "", "roles": "sales"}
    answer = await story.do("/desk/staff", lee, "staff_added", "roles_changed", "staff_link_sent")
    story.links.add((await mailed.link("staff_link")).rpartition("/")[2])
    address = answer.headers["Location"].partition("?")[0]
    await story.do(f"{address}/roles", {"roles": ["sales", "returns"]}, "roles_changed")
    await story.do(f"{address}/suspension", None, "staff_disabled")
    await story.enter(story.cast.moana)
    coast = f"/desk/companies/{story.cast.coastline}"
    await story.do(f"{coast}/suspension", {"reason": "unpaid"}, "company_suspended")
    await story.do(f"{coast}/suspension/removal", None, "company_resumed")


@rule("DESK-6")
async def test_each_deed_is_one_entry(story: Story) -> None:
    await log_in_and_out(story)
    await take_a_second_step(story)
    await keep_users(story)
    await forget(story)
    await work_at_the_desk(story)


@rule("DESK-6")
async def test_staff_who_act_stand_in_each_entry_beside_the_customer(story: Story) -> None:
    cast, browser = story.cast, story.browser
    await story.enter(cast.moana)
    user = f"/desk/companies/{cast.brightbyte}/users/{cast.ben.id}"
    await story.do(f"{user}/acting", None, "acting_begun")
    number = await placed(browser, await basket_of(cast.ben, (cast.dock, 1)))
    (entry,) = await story.entries()
    assert (entry["action"], entry["subject"], entry["after"]) == ("order_placed", f"order {number}", "$369.04 NZD")
    both = (cast.moana.id, "Moana Pike", cast.ben.id, "Ben Ito", cast.brightbyte)
    assert tuple(entry[name] for name in ("actor", "actor_name", "acting_as", "acting_as_name", "company")) == both
    await story.do("/acting/removal", None, "acting_ended")


async def test_no_secret_is_in_a_row_a_log_or_a_page(
    story: Story, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await test_each_deed_is_one_entry(story)
    await story.enter(story.cast.ari)
    trail = [(await story.browser.get(f"/desk/audit{query}")).text for query in ("", "?format=csv")]
    log = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("http"))
    pages = {"pages": "\n".join(story.pages), "the trail": "\n".join(trail)}
    kept = {**await tables(), "the log": log, "the file": file_bytes(database).decode("latin-1")}
    assert len(story.secrets) > 30 and len(story.links) == 3 and "POST /logout" in log
    assert not found(story.secrets, {**kept, **pages})
    assert not found(story.links, kept)


def found(secrets: set[str], places: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, secret) for name, text in places.items() for secret in secrets if is_in(secret, text)]


def is_in(secret: str, text: str) -> bool:
    """Six digits stand anywhere by chance, in a moment or a figure; a code counts where it stands by itself."""
    return f"'{secret}'" in text or f">{secret}<" in text if len(secret) <= 6 else secret in text
