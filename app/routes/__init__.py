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
    email_changes,
    health,
    home,
    login_help,
    orders,
    passwords,
    pending_logins,
    products,
    profile,
    sessions,
    user_access,
    users,
    staff_links,
)
from app.routes.desk import acting, mail, staff, styleguide
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
    profile.Profile,
    email_changes.EmailChanges,
    addresses.Addresses,
    users.Users,
    user_access.UserAccess,
    audit.index,
    sessions.Login,
    pending_logins.SecondStep,
    staff_links.StaffLinks,
    sessions.remove,
    desk_home.show,
    acting.create,
    acting.remove,
    staff.StaffPages,
    mail.Mail,
    desk_audit.index,
    styleguide.show,
    health.alive,
    health.ready,
    health.metrics,
    elsewhere.nowhere,
    elsewhere.nothing,
]
