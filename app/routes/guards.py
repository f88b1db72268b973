"""Who may pass a route: a privilege, a role at the desk, anybody who is logged in, or everybody."""

from typing import Any

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import Guard

from app.rules.privileges import Privilege, Role
from app.rules.refusals import FORGED, Refused
from app.rules.viewers import Viewer, lacks, not_administrator

Connection = ASGIConnection[Any, Viewer, str, Any]


class LogInFirst(Exception):
    """A visitor asks for what needs a log-in: they are led there and back."""


def needs(privilege: Privilege, deed: str) -> Guard:
    """Only for users who hold the privilege; `deed` completes "You cannot …"."""

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        viewer = connection.user
        if not viewer.signed_in:
            raise LogInFirst
        if not viewer.may(privilege):
            raise Refused(lacks(viewer, privilege, deed))

    guard.privilege = privilege  # type: ignore[attr-defined]
    return guard


def staff(*roles: Role) -> Guard:
    """Only for staff of the desk; with roles, for those who hold one of them."""

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        viewer = connection.user
        if not viewer.signed_in:
            raise LogInFirst
        if not viewer.is_staff:
            raise Refused("The desk is for the distributor's staff.")
        if roles and not viewer.has_role(*roles):
            named = " or ".join(roles)
            raise Refused(f"This page is for the role {named}. An administrator of the desk can give it.")

    guard.roles = roles  # type: ignore[attr-defined]
    return guard


def administrators(deed: str) -> Guard:
    """Only for website administrators of a company; `deed` completes "You cannot …"."""

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        viewer = connection.user
        if not viewer.signed_in:
            raise LogInFirst
        if not viewer.is_administrator or not viewer.company_id:
            raise Refused(not_administrator(viewer, deed))

    guard.administrators = True  # type: ignore[attr-defined]
    return guard


def of_company(deed: str) -> Guard:
    """For every user of a company; `deed` completes "You cannot …"."""

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        if not connection.user.signed_in:
            raise LogInFirst
        if not connection.user.company_id:
            raise Refused(f"You cannot {deed}: that is for users of a company.")

    guard.of_company = True  # type: ignore[attr-defined]
    return guard


def own_hands(deed: str) -> Guard:
    """For who is logged in, but not for staff who act as somebody (DESK-6)."""

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        if not connection.user.signed_in:
            raise LogInFirst
        connection.user.own_hands(deed)

    guard.own_hands = True  # type: ignore[attr-defined]
    return guard


async def signed_in(connection: Connection, _: BaseRouteHandler) -> None:
    """For everybody who is logged in."""
    if not connection.user.signed_in:
        raise LogInFirst


def unguarded(portal: Litestar) -> list[str]:
    """The routes that say neither a privilege nor that they are open: there must be none."""
    return [
        f"{' '.join(sorted(handler.http_methods))} {route.path}"
        for route in portal.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if "OPTIONS" not in handler.http_methods and not any(_says_who(guard) for guard in handler.resolve_guards())
    ]


def _says_who(guard: object) -> bool:
    said = ("privilege", "roles", "administrators", "of_company", "own_hands")
    return guard in (open_to_all, signed_in) or any(hasattr(guard, name) for name in said)


async def open_to_all(connection: Connection, _: BaseRouteHandler) -> None:
    """For everybody, visitors too: said so that no route is open by forgetting.

    What a visitor sends must come from a page of this visit; where a log-in is asked for, that asks again instead.
    """
    scope: Any = connection.scope
    if not scope.get("token_fits", True) and not connection.user.signed_in:
        raise Refused(FORGED)
