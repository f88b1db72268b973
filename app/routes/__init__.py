"""The table of contents: every controller, in the order of the site's menu."""

from litestar.types import ControllerRouterHandler

from app.routes import basket_lines, baskets, elsewhere, health, home, products, sessions
from app.routes.desk import home as desk_home
from app.routes.desk import mail, styleguide

ROUTES: list[ControllerRouterHandler] = [
    home.show,
    products.Products,
    baskets.Baskets,
    basket_lines.BasketLines,
    sessions.Login,
    sessions.remove,
    desk_home.show,
    mail.Mail,
    styleguide.show,
    health.alive,
    health.ready,
    health.metrics,
    elsewhere.nowhere,
    elsewhere.nothing,
]
