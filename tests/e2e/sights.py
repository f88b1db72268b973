"""What is measured of a page that is shown: axe, its size, its form."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path("node_modules/axe-core/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST = 44  # px that a finger hits, where the screen is narrow

RUN = "options => axe.run(document, {resultTypes: ['violations'], ...options})"
FAULTY = """({violations}) => violations.map(fault => `${fault.id}: ${fault.nodes.map(node => node.target)}`)"""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
LOW = """least => [...document.querySelectorAll(
    "button, input:not([type=hidden]), select, textarea, summary, a.button")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && one.getBoundingClientRect().width > 1)
  .filter(one => (one.closest("label, .choice") ?? one).getBoundingClientRect().height < least - .5)
  .map(one => one.outerHTML.slice(0, 120))"""
UNSOUND = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(one => one.id);
  const dangling = name => [...document.querySelectorAll(`[${name}]`)]
    .filter(one => one.getAttribute(name).trim().split(/\\s+/).some(id => !document.getElementById(id)));
  const references = ["for", "form", "aria-describedby", "aria-labelledby", "aria-controls"];
  return [
    ...ids.filter((id, n) => ids.indexOf(id) !== n).map(id => `twice: ${id}`),
    ...references.flatMap(dangling).concat([...document.querySelectorAll("label")].filter(one => !one.control))
      .map(one => `names nothing: ${one.outerHTML.slice(0, 120)}`),
    ...[...document.querySelectorAll("form form, a a, button a, a button, p p, [style], [onclick], script:not([src])")]
      .map(one => `must not stand here: ${one.outerHTML.slice(0, 120)}`),
    ...[...document.querySelectorAll("button[disabled]:not([aria-describedby])")]
      .map(one => `gives no reason: ${one.outerHTML.slice(0, 120)}`),
    ...(document.querySelectorAll("h1").length === 1 ? [] : ["not one h1"]),
    ...(document.title.includes(" · ") ? [] : ["no title"]),
  ];
}"""


def faults(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong: by every rule, or by these alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found: list[str] = page.evaluate(f"async only => ({FAULTY})(await ({RUN})({{runOnly: only}}))", only)
    return found


def too_wide(page: Page) -> int:
    """By how many pixels the page scrolls sideways."""
    return max(0, int(page.evaluate(TOO_WIDE)))


def too_low(page: Page) -> list[str]:
    """What can be pressed and is not as tall as a finger."""
    found: list[str] = page.evaluate(LOW, LEAST)
    return found


def unsound(page: Page) -> list[str]:
    """Ids that stand twice, references to nothing, elements inside those that may not hold them."""
    found: Any = page.evaluate(UNSOUND)
    return list(found)
