"""The table of contents: every controller, in the order of the site's menu."""

from litestar.types import ControllerRouterHandler

from app.routes import (
    account,
    addresses,
    audit,
    basket_lines,
    baskets,
    checkout,
    current_baskets,
    elsewhere,
    health,
    home,
    orders,
    pending_logins,
    products,
    sessions,
)
from app.routes.desk import acting, mail, styleguide
from app.routes.desk import audit as desk_audit
from app.routes.desk import home as desk_home

ROUTES: list[ControllerRouterHandler] = [
    home.show,
    products.Products,
    baskets.Baskets,
    current_baskets.CurrentBaskets,
    basket_lines.BasketLines,
    checkout.CheckOut,
    orders.Orders,
    account.show,
    addresses.Addresses,
    audit.index,
    sessions.Login,
    pending_logins.SecondStep,
    sessions.remove,
    desk_home.show,
    acting.create,
    acting.remove,
    mail.Mail,
    desk_audit.index,
    styleguide.show,
    health.alive,
    health.ready,
    health.metrics,
    elsewhere.nowhere,
    elsewhere.nothing,
]
