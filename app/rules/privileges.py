"""The one vocabulary of what users of a company may do (USER-4, USER-5), and of the desk's roles (DESK-1)."""

from enum import StrEnum


class Privilege(StrEnum):
    SEE_PRICES = "see_prices"
    SEE_AVAILABILITY = "see_availability"
    USE_BASKETS = "use_baskets"
    PLACE_ORDERS = "place_orders"
    SEE_OWN_ORDERS = "see_own_orders"
    SEE_ALL_ORDERS = "see_all_orders"
    BACKORDER_REPORT = "backorder_report"
    REQUEST_CANCELLATION = "request_cancellation"
    DELIVER_ANYWHERE = "deliver_anywhere"
    INVOICES = "invoices"
    STATEMENTS = "statements"
    CREATE_RETURNS = "create_returns"
    PRICE_FEED = "price_feed"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def needs(self) -> frozenset["Privilege"]:
        return NEEDS.get(self, frozenset())


P = Privilege

LABELS = {
    P.SEE_PRICES: "see prices",
    P.SEE_AVAILABILITY: "see availability",
    P.USE_BASKETS: "use baskets",
    P.PLACE_ORDERS: "place orders",
    P.SEE_OWN_ORDERS: "see own orders",
    P.SEE_ALL_ORDERS: "see all company orders",
    P.BACKORDER_REPORT: "backorder report",
    P.REQUEST_CANCELLATION: "request backorder cancellation",
    P.DELIVER_ANYWHERE: "deliver to a new address",
    P.INVOICES: "invoices",
    P.STATEMENTS: "account statements",
    P.CREATE_RETURNS: "create returns",
    P.PRICE_FEED: "price feed",
}

GROUPS = {
    "Shopping": (P.SEE_PRICES, P.SEE_AVAILABILITY, P.USE_BASKETS),
    "Ordering": (
        P.PLACE_ORDERS,
        P.SEE_OWN_ORDERS,
        P.SEE_ALL_ORDERS,
        P.BACKORDER_REPORT,
        P.REQUEST_CANCELLATION,
        P.DELIVER_ANYWHERE,
    ),
    "Account": (P.INVOICES, P.STATEMENTS),
    "Returns": (P.CREATE_RETURNS,),
    "Data": (P.PRICE_FEED,),
}

NEEDS = {
    P.PLACE_ORDERS: frozenset({P.USE_BASKETS, P.SEE_PRICES}),
    P.SEE_ALL_ORDERS: frozenset({P.SEE_OWN_ORDERS}),
    P.BACKORDER_REPORT: frozenset({P.SEE_OWN_ORDERS}),
    P.REQUEST_CANCELLATION: frozenset({P.SEE_OWN_ORDERS}),
    P.DELIVER_ANYWHERE: frozenset({P.PLACE_ORDERS}),
    P.STATEMENTS: frozenset({P.INVOICES}),
    P.CREATE_RETURNS: frozenset({P.INVOICES}),
    P.PRICE_FEED: frozenset({P.SEE_PRICES}),
}

BASICS = frozenset({P.SEE_PRICES, P.SEE_AVAILABILITY, P.USE_BASKETS})
SUPPORT = frozenset({P.SEE_AVAILABILITY, P.SEE_OWN_ORDERS, P.SEE_ALL_ORDERS, P.INVOICES, P.CREATE_RETURNS})
PURCHASING = BASICS | {P.PLACE_ORDERS, P.SEE_OWN_ORDERS, P.BACKORDER_REPORT, P.REQUEST_CANCELLATION}
ALL = frozenset(P)

QUICK_SELECTION = {"Basics": BASICS, "Support": SUPPORT, "Purchasing": PURCHASING, "All": ALL}


class Role(StrEnum):
    SALES = "sales"
    CREDIT = "credit"
    RETURNS = "returns"
    WAREHOUSE = "warehouse"
    CATALOGUE = "catalogue"
    ADMINISTRATOR = "administrator"
