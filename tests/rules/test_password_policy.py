"""What a password must be: the same list for page, ticks and check (LOGIN-4)."""

import re

import pytest

from app.rules import new_passwords, password_policy, passwords
from app.rules.common_passwords import is_common
from app.rules.password_policy import Requirement, name_parts, requirements
from app.rules.refusals import Invalid
from app.rules.settings import settings
from db import sql
from tests.cast import PASSWORD, Cast
from tests.rules_named import rule

LACKS = {
    "length": "Quay-l73",
    "upper": "quay-lantern-73",
    "lower": "QUAY-LANTERN-73",
    "digit": "Quay-lantern-tin",
    "special": "Quaylantern73tin",
    "names": "Quay-Rēyes-73-tin",
    "common": "Butterfly-2026!",
}
FIT = (
    "Quay-lantern-73",
    "Quay lantern 73",
    "quaylanterntinbarrels",
    "кот-Лодка-Фонарь-7",
    "パスワードは長いほど良いものです。そして覚えやすい",
    "🦜🌊🧭" * 7 + "🪝🏝",
    "Q1-" + "xyzuvw" * 32 + "tinba",
)


def lacking(password: str, is_privileged: bool = False) -> list[str]:
    listed = requirements(is_privileged, ("Dana Reyes", "dana@brightbyte.example", "Brightbyte Ltd"))
    return [one.code for one in listed if not one.is_met(password)]


@rule("LOGIN-4")
@pytest.mark.parametrize("code", LACKS)
def test_each_requirement_finds_what_lacks_it_alone(code: str) -> None:
    assert lacking(LACKS[code]) == [code]


@rule("LOGIN-4")
@pytest.mark.parametrize("password", FIT)
def test_long_passphrases_of_any_script_fit(password: str) -> None:
    assert lacking(password) == [] and len(password) <= 200


@rule("LOGIN-4")
def test_administrators_need_twelve_and_users_ten() -> None:
    assert lacking("Quay-tin73") == [] and lacking("Quay-tin7") == ["length"]
    assert lacking("Quay-tin731", True) == ["length"] and lacking("Quay-tin7312", True) == []


@rule("LOGIN-4")
def test_from_twenty_characters_only_the_length_counts() -> None:
    assert lacking("quaylanterntinbarre") == ["upper", "digit", "special"]
    assert lacking("quaylanterntinbarrel") == []
    assert lacking("q" + "uaylantern" * 20) == ["length"]


@rule("LOGIN-4")
@pytest.mark.parametrize(
    "password",
    ["Password123!", "P@ssw0rd-2026", "Elizabeth2026!", "Qwertyuiop1!", "Monkey!Monkey!1", "aaaaaaaaaaaaaaaaaaaaaaaa"],
)
def test_common_words_with_digits_round_them_are_common(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize("password", ["Tg7#kkQp!zM2", "correct-horse-Battery-9", "12#$%^xq98&1Zw"])
def test_what_nobody_tries_first_is_not_common(password: str) -> None:
    assert not is_common(password)


@rule("LOGIN-4")
def test_names_count_from_four_letters_on_without_case_and_accents() -> None:
    names = ("Zoë Ångström-O'Neill", "z.angstrom@mail.tin.example", "Tin & Co")
    assert name_parts(names) == ("angstrom", "neill", "mail")


def in_a_browser(one: Requirement, password: str) -> bool:
    """What checklist.js does, with Python's words for the classes of signs."""
    if one.lacks:
        return not any(word in password_policy.folded(password) for word in one.lacks)
    kinds = {
        r"[^\p{L}\p{N}\p{M}]": r"[^\w]|_",
        r"\p{Lu}": "[A-ZЛФ]",
        r"\p{Ll}": "[a-zа-я]",
        r"\p{Nd}": r"\d",
    }
    pattern = one.pattern
    for kind, meaning in kinds.items():
        pattern = pattern.replace(kind, meaning)
    return bool(re.search(pattern, password, re.DOTALL))


@rule("LOGIN-4")
@pytest.mark.parametrize("password", [*LACKS.values(), *FIT[:4]])
def test_the_ticks_say_what_the_check_says(password: str) -> None:
    for one in requirements(False, ("Dana Reyes",)):
        if one.pattern or one.lacks:
            assert in_a_browser(one, password) == one.is_met(password), one.code


@rule("LOGIN-4")
async def test_no_part_of_a_long_password_is_ignored() -> None:
    long = "ü" * 199
    stored = passwords.hashed(f"{long}a")
    assert await passwords.match(f"{long}a", stored) and not await passwords.match(f"{long}b", stored)


@rule("LOGIN-4")
async def test_the_last_ten_are_refused_and_the_eleventh_is_free(cast: Cast) -> None:
    used = [PASSWORD, *(f"Quay-lantern-{number}x" for number in range(10, 20))]
    for password in used[1:]:
        before = await new_passwords.current(cast.ben.id)
        await new_passwords.keep(cast.ben.id, before, passwords.hashed(password))
    await password_policy.check_new(cast.ben.id, PASSWORD)
    for password in used[1:]:
        with pytest.raises(Invalid, match="had this password before"):
            await password_policy.check_new(cast.ben.id, password)
    assert await sql.value("SELECT count(*) FROM past_passwords") == settings.past_passwords


@rule("LOGIN-4")
async def test_whose_name_counts_is_asked_of_the_database(cast: Cast) -> None:
    for password in ("Brightbyte-tin-7", "Tin-REYES-lantern-7", "lantern.dana.tin.7X"):
        with pytest.raises(Invalid, match="Without your name"):
            await password_policy.check_new(cast.dana.id, password)
    await password_policy.check_new(cast.sam.id, "Brightbyte-tin-7")


@rule("LOGIN-4")
async def test_everything_that_is_missing_is_said_at_once(cast: Cast) -> None:
    with pytest.raises(Invalid) as wrong:
        await password_policy.check_new(cast.dana.id, "dana")
    said = wrong.value.errors["new_password"]
    assert all(words in said for words in ("At least 12", "An upper-case", "A digit", "A special", "Without your name"))
