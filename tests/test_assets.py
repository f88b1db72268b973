"""The files of app/static as a browser fetches them, and what the style sheets promise to the eye."""

import gzip
import re
from math import cos, radians, sin
from pathlib import Path

import brotli
import httpx
import pytest

from app.assets import ROOT, SHEETS, Assets, asset, assets

CSS = asset("css/app.css")
BUDGET = 60_000 - 12_000  # the page itself may take twelve thousand of a first visit
TEXT = ("ink", "quiet", "accent", "good", "attention", "bad")
GROUNDS = ("canvas", "panel", "raised", "tint")


async def fetch(address: str, method: str = "GET", coding: str = "identity") -> httpx.Response:
    transport = httpx.ASGITransport(app=assets)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal") as client:
        request = client.build_request(method, address, headers={"Accept-Encoding": coding})
        response = await client.send(request, stream=True)
        response.raw_body = b"".join([chunk async for chunk in response.aiter_raw()])  # type: ignore[attr-defined]
        return response


def raw(response: httpx.Response) -> bytes:
    return bytes(response.raw_body)  # type: ignore[attr-defined]


async def test_a_file_is_kept_for_a_year() -> None:
    response = await fetch(CSS)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["vary"] == "Accept-Encoding"
    assert "set-cookie" not in response.headers


async def test_a_file_comes_compressed_as_asked() -> None:
    plain = raw(await fetch(CSS))
    packed = await fetch(CSS, coding="gzip, deflate, br")
    older = await fetch(CSS, coding="br;q=0, gzip")
    assert packed.headers["content-encoding"] == "br"
    assert brotli.decompress(raw(packed)) == plain
    assert older.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw(older)) == plain


async def test_head_answers_without_the_body() -> None:
    response = await fetch(CSS, method="HEAD")
    assert response.status_code == 200
    assert int(response.headers["content-length"]) > 0
    assert raw(response) == b""


@pytest.mark.parametrize(
    "address",
    ["/static/000000000000/css/app.css", f"{CSS}x", f"/static/{assets.digest}/../assets.py", "/static/", "/"],
)
async def test_what_is_not_there_is_not_found(address: str) -> None:
    assert (await fetch(address)).status_code == 404


async def test_nothing_but_reading_is_answered() -> None:
    assert (await fetch(CSS, method="POST")).status_code == 404


def test_an_unknown_name_is_a_mistake_at_once() -> None:
    with pytest.raises(KeyError):
        asset("css/gone.css")


def test_any_change_changes_the_address(tmp_path: Path) -> None:
    for name in SHEETS:
        sheet = tmp_path / "css" / f"{name}.css"
        sheet.parent.mkdir(exist_ok=True)
        sheet.write_text("")
    before = Assets(tmp_path).digest
    (tmp_path / "css" / "print.css").write_text("a { color: red }")
    assert Assets(tmp_path).digest != before


def test_every_sheet_is_in_the_list() -> None:
    assert {path.stem for path in (ROOT / "css").glob("*.css")} == set(SHEETS)


def test_sheets_and_scripts_stay_short() -> None:
    lengths = {path.name: len(path.read_text().splitlines()) for path in ROOT.glob("*/*.*s")}
    assert not {name for name, lines in lengths.items() if name.endswith(".css") and lines > 150}
    assert not {name for name, lines in lengths.items() if name.endswith(".js") and "htmx" not in name and lines > 60}


async def test_a_first_visit_is_light() -> None:
    needed = [CSS, *(asset(f"js/{path.name}") for path in (ROOT / "js").glob("*.js"))]
    needed.append(asset("vendor/htmx-4.0.1.esm.min.js"))
    sizes = [int((await fetch(address, coding="gzip")).headers["content-length"]) for address in needed]
    assert sum(sizes) < BUDGET


def test_every_import_of_a_script_is_there() -> None:
    for script in (ROOT / "js").glob("*.js"):
        for target in re.findall(r'(?:import|from) "([^"]+)"', script.read_text()):
            assert (script.parent / target).is_file(), f"{script.name} imports {target}"


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_reaches_seven_to_one(scheme: int) -> None:
    colours = tokens(scheme)
    faint = {
        f"{text} on {ground}": round(contrast(colours[text], colours[ground]), 2)
        for text in TEXT
        for ground in GROUNDS
        if contrast(colours[text], colours[ground]) < 7
    }
    assert not faint


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_words_of_a_meaning_reach_seven_to_one_on_its_tint(scheme: int) -> None:
    colours = tokens(scheme)
    assert contrast(colours["on-accent"], colours["accent"]) >= 7
    assert contrast(colours["ink"], colours["mark"]) >= 7
    assert all(contrast(colours[name], colours[f"{name}-tint"]) >= 7 for name in ("good", "attention", "bad"))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_edges_of_controls_reach_four_and_a_half_to_one(scheme: int) -> None:
    colours = tokens(scheme)
    assert min(contrast(colours["edge"], colours[ground]) for ground in GROUNDS) >= 4.5


def tokens(scheme: int) -> dict[str, float]:
    """The luminance of each colour in _tokens.css; scheme 0 is light, 1 dark."""
    text = (ROOT / "css" / "_tokens.css").read_text()
    pairs = re.findall(r"--color-([a-z-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)", text)
    return {name: luminance(*values(both[scheme])) for name, *both in pairs}


def values(written: str) -> tuple[float, float, float]:
    lightness, chroma, hue = written.split()
    return float(lightness.rstrip("%")) / 100, float(chroma), float(hue)


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """WCAG's relative luminance of an OKLCH colour, each channel cut to what a screen can show."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    shown = (min(1.0, max(0.0, channel)) for channel in (red, green, blue))
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), shown, strict=True))


def contrast(one: float, other: float) -> float:
    lighter, darker = max(one, other), min(one, other)
    return (lighter + 0.05) / (darker + 0.05)
