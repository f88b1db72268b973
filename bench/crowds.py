"""Twenty people who edit one shared basket at the same time: how fast, and that not one edit is lost (BASKET-10)."""

import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.pages import Crowd
from bench.visitors import Answer, Visitor, answer_to, fields_of

PEOPLE, LINES = 20, 4
ROWS = re.compile(r'<tr id="line-([0-9]+)"')
BOXES = re.compile(r'for="approve-([0-9]+)">Buyer ')


@dataclass(slots=True)
class Edits:
    """What one person did: answers by status, what was accepted by line, and how long each took."""

    answers: Counter[int] = field(default_factory=Counter)
    more: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def sent(visitor: Visitor, path: str, fields: dict[str, str]) -> Answer:
    """A form, answered in place."""
    headers = visitor.headers(codings="", in_place=True) | {"Content-Type": "application/x-www-form-urlencoded"}
    return answer_to(visitor.port, "POST", path, urlencode({"csrf": visitor.csrf, **fields}), headers)


def shared_by(owner: Visitor, skus: list[str]) -> tuple[str, list[int]]:
    """The address of a new basket that all may change, and its lines."""
    fields = [("csrf", owner.csrf), ("name", f"Crowd {time.time_ns()}"), ("visibility", "shared")]
    path = str(owner.send("POST", "/baskets", fields).headers["Location"])
    for user in BOXES.findall(owner.send("GET", f"{path}/approvals").text):
        sent(owner, f"{path}/approvals", {"user": user})
    for sku in skus[:LINES]:
        sent(owner, f"{path}/lines", {"sku": sku, "quantity": "1", "at": "basket"})
    return path, [int(number) for number in ROWS.findall(owner.send("GET", path).text)]


def edit(visitor: Visitor, number: int, path: str, lines: list[int], until: float) -> Edits:
    """Set each line in turns to a quantity that nobody else sets, and look again where somebody was quicker."""
    page, done, turn = visitor.send("GET", path).text, Edits(), number
    shown = {line: fields_of(page, f"{path}/lines/{line}") for line in lines}
    while time.monotonic() < until:
        line = lines[turn % len(lines)]
        was = int(shown[line]["was"])
        now = was + 1 + (number - was - 1) % PEOPLE
        fields = {"version": shown[line]["version"], "was": str(was), "quantity": str(now)}
        begun = time.monotonic()
        answer = sent(visitor, f"{path}/lines/{line}", fields)
        done.seconds.append(time.monotonic() - begun)
        done.answers[answer.status] += 1
        if answer.status in (200, 409):
            shown[line] = fields_of(answer.text, f"{path}/lines/{line}")
        if answer.status == 200:
            done.more[line] += now - was
            turn += 1
    return done


def show(crowd: Crowd, seconds: float, say: Callable[..., None]) -> None:
    """Raises RuntimeError where an edit was lost, or answered with anything but done or overtaken."""
    people = [visitor for connection in range(len(crowd.visitors)) for visitor in crowd.of(connection)][:PEOPLE]
    path, lines = shared_by(people[0], crowd.materials["addable"])
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(PEOPLE) as pool:
        waiting = [pool.submit(edit, one, number, path, lines, until) for number, one in enumerate(people)]
        done = [one.result() for one in waiting]
    answers = sum((one.answers for one in done), Counter[int]())
    more = sum((one.more for one in done), Counter[int]())
    took = sorted(second for one in done for second in one.seconds)
    page = people[0].send("GET", path).text
    lost = {line: 1 + more[line] - int(fields_of(page, f"{path}/lines/{line}")["was"]) for line in lines}
    say(
        f"{len(people)} people in one basket of {len(lines)} lines, {seconds:g} s: {answers[200]:,} edits accepted, "
        f"{answers[409]:,} overtaken and tried again; median {took[len(took) // 2] * 1000:.0f} ms, "
        f"99 of 100 within {took[len(took) * 99 // 100] * 1000:.0f} ms; lost: {sum(map(abs, lost.values()))}"
    )
    if any(lost.values()) or set(answers) - {200, 409}:
        raise RuntimeError(f"The crowd lost edits ({lost}) or was refused ({dict(answers)}).")
