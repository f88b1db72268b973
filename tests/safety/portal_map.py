"""The portal's own table of routes, and addresses made from it: a new route is walked without being named here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from app.main import make_portal

HOLE = re.compile(r"\{(\w+):(\w+)\}")


@dataclass(frozen=True)
class Door:
    """One verb at one path of the table, such as `POST /baskets/{basket_id:int}`."""

    method: str
    path: str
    handler: HTTPRouteHandler

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def holes(self) -> dict[str, str]:
        """What the path leaves open, by name: `int`, `str` or `path`."""
        return dict(HOLE.findall(self.path))

    def address(self, ids: Mapping[str, object]) -> str:
        """With its holes filled: `staff/user_id` counts before `user_id` where the path has `staff/{user_id:int}`."""
        return HOLE.sub(lambda hole: str(_thing(f"{self.path[: hole.start()]}{hole[1]}", ids)), self.path)


def _thing(place: str, ids: Mapping[str, object]) -> object:
    fitting = [name for name in ids if place.endswith(f"/{name}")]
    assert fitting, f"nobody makes a thing for {place}"
    return ids[max(fitting, key=len)]


@cache
def doors() -> tuple[Door, ...]:
    """Every route of the portal but those that only list verbs."""
    found = [
        Door(str(method), route.path, handler)
        for route in make_portal().routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if method in {"GET", "POST"}
    ]
    return tuple(sorted(found, key=lambda door: door.name))


def named(door: Door) -> str:
    return door.name
