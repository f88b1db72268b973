"""What no guard says: how each form is rightly filled in, and where a right request is answered unlike others."""

from app.rules.privileges import Privilege
from tests.safety.people import Someone
from tests.safety.portal_map import Door

GOOD = frozenset({200, 303})
# What who may pass is answered on own things, where that is no page and no step to one.
EXCEPTIONS = {
    "POST /baskets/{basket_id:int}/restoration": frozenset({404}),  # the basket was not deleted
    "POST /baskets/{basket_id:int}/order": frozenset({422}),  # without a PO number
    "POST /login": frozenset({422}),  # without a password
    "POST /login/second-step": frozenset({303, 422}),  # nobody waits for it
    "POST /login/second-step/passkey": frozenset({303, 422}),
    "POST /acting/removal": frozenset({303, 404}),  # who acts for nobody has nothing to end
    "POST /desk/mail/{notice_id:int}/delivery": frozenset({409}),  # the mail still waits
    "GET /{elsewhere:path}": frozenset({404}),
    "POST /{elsewhere:path}": frozenset({404}),
}
FIELDS: dict[str, dict[str, object]] = {
    "POST /baskets": {"name": "Fit-out", "visibility": "private"},
    "POST /baskets/{basket_id:int}": {"name": "Fit-out, floor 3"},
    "POST /baskets/{basket_id:int}/lines": {"sku": "7RK2Q4", "quantity": "1"},
    "POST /baskets/{basket_id:int}/lines/{line_id:int}": {"quantity": "2"},
    "POST /account/addresses": {"name": "Yard", "line1": "1", "city": "Napier", "postcode": "4110", "country": "NZ"},
    "POST /account/addresses/{address_id:int}": {
        "name": "Yard", "line1": "1", "city": "Napier", "postcode": "4110", "country": "NZ"
    },
}  # fmt: skip


def sees_colleagues(door: Door, one: Someone) -> bool:
    """Whether this thing of a colleague's is the person's to see: an order may be, a private basket never is."""
    return "number" in door.holes and one.may(Privilege.SEE_ALL_ORDERS)
