"""What no guard says: how each form is rightly filled in, and where a right request is answered unlike others."""

from collections.abc import Mapping

from app.rules.privileges import Privilege
from tests.cast import ANSWER, PASSWORD
from tests.safety.people import Someone
from tests.safety.portal_map import Door

GOOD = frozenset({200, 303})
NOT_NOW, NOTHING_BEGUN = frozenset({403}), frozenset({404})
# What who may pass is answered on own things, where that is no page and no step to one.
EXCEPTIONS = {
    "POST /favourites/basket": frozenset({422}),  # without a favourite that is chosen
    "POST /searches/{search_id:int}/restoration": frozenset({404}),  # the search was not deleted
    "POST /baskets/{basket_id:int}/restoration": frozenset({404}),  # the basket was not deleted
    "POST /baskets/{basket_id:int}/lines/{line_id:int}/replacement": frozenset({422}),  # nothing replaces it
    "POST /baskets/{basket_id:int}/approvals": frozenset({422}),  # without a colleague, of a private basket
    "POST /baskets/{basket_id:int}/merges": frozenset({422}),  # without another basket
    "POST /baskets/{basket_id:int}/merges/removal": frozenset({404}),  # nothing was merged
    "POST /part-numbers/imports": frozenset({422}),  # without a list
    "POST /part-numbers/{sku:str}/removal": frozenset({303, 404}),  # the company may have none for the product
    "POST /baskets/{basket_id:int}/order": frozenset({422}),  # without a PO number
    "POST /baskets/{basket_id:int}/lines/removal": frozenset({422}),  # without a ticked line
    "POST /baskets/{basket_id:int}/lines/moves": frozenset({422}),  # without a basket to move to
    "POST /login": frozenset({422}),  # without a password
    "POST /login/second-step": frozenset({303, 422}),  # nobody waits for it
    "POST /login/second-step/passkey": frozenset({303, 422}),
    "POST /acting/removal": frozenset({303, 404}),  # who acts for nobody has nothing to end
    "POST /welcome/password": NOT_NOW,  # the password is no temporary one
    "POST /welcome/challenge": NOT_NOW,
    "POST /password/reset/{token:str}": frozenset({303}),
    "POST /password/reset/{token:str}/password": frozenset({409}),  # before the question is answered
    "POST /account/profile/second-step/removal": frozenset({303, 403}),  # the desk must have one
    "POST /account/profile/second-step/app/confirmation": NOT_NOW,  # no app is being set up
    "POST /account/profile/second-step/passkeys": NOT_NOW,
    "POST /become-a-reseller/check": NOTHING_BEGUN,
    "POST /become-a-reseller/documents/{document_id:int}/removal": NOTHING_BEGUN,
    "POST /become-a-reseller/sent/mail": NOTHING_BEGUN,
    "POST /become-a-reseller/sent/removal": NOTHING_BEGUN,
    "POST /become-a-reseller/documents": frozenset({422}),  # without a file
    "POST /become-a-reseller/{name:str}": frozenset({422}),  # without what the step asks for
    "POST /desk/mail/{notice_id:int}/delivery": frozenset({409}),  # the mail still waits
    "GET /{elsewhere:path}": frozenset({404}),
    "POST /{elsewhere:path}": frozenset({404}),
}
PLACE: Mapping[str, object] = {"name": "Yard", "line1": "1", "city": "Napier", "postcode": "4110", "country": "NZ"}
NEW: Mapping[str, object] = {"new_password": "Quite-another-9-lock", "repeated": "Quite-another-9-lock"}
QUESTION: Mapping[str, object] = {
    "question": "own",
    "own_question": "Which boat did you sail first?",
    "answer": "Tinaroo",
}
KIT: Mapping[str, object] = {"name": "Kit Moss", "email": "kit@moss.example", "phone": "1", "job_title": "Buyer"}
TERMS = {"payment_terms_days": "20", "home_warehouse": "1", "account_manager": "5", "version": "1"}
APPROVED = {"account_number": "100999", "credit_limit": "0.00", "price_lists": "1"}
CURRENT: Mapping[str, object] = {"current_password": PASSWORD}
FIELDS: Mapping[str, Mapping[str, object]] = {
    "POST /baskets": {"name": "Fit-out", "visibility": "private"},
    "POST /baskets/{basket_id:int}": {"name": "Fit-out, floor 3"},
    "POST /baskets/{basket_id:int}/lines": {"sku": "7RK2Q4", "quantity": "1"},
    "POST /baskets/{basket_id:int}/lines/{line_id:int}": {"quantity": "2"},
    "POST /baskets/{basket_id:int}/selling": {"markup": "12.5"},
    "POST /baskets/{basket_id:int}/lines/{line_id:int}/selling": {"price": "500.00"},
    "POST /quick-order": {"text": "7RK2Q4\t1", "basket": "new"},
    "POST /quick-order/checks": {"codes": "7RK2Q4", "quantities": "1"},
    "POST /quick-order/readings": {"text": "7RK2Q4 x 1"},
    "POST /quick-order/{sheet_id:int}/basket": {"basket": "new", "name": "Typed"},
    "POST /quick-order/{sheet_id:int}/rows/{row_number:int}": {"sku": "7RK2Q4", "quantity": "2"},
    "POST /part-numbers": {"sku": "7RK2Q4", "number": "D-1"},
    "POST /part-numbers/{sku:str}": {"number": "D-1"},
    "POST /searches": {"name": "Docks", "address": "/products?q=dock"},
    "POST /searches/{search_id:int}": {"name": "Docking stations"},
    "POST /account/addresses": PLACE,
    "POST /account/addresses/{address_id:int}": PLACE,
    "POST /password/forgotten": {"email": "ben@brightbyte.example"},
    "POST /password/help/administrator": {"email": "ben@brightbyte.example", "account_number": "100234"},
    "POST /password/help/distributor": {**KIT, "account_number": "100234", "text": "Nobody gets in."},
    "POST /password/reset/{token:str}": {"answer": ANSWER},
    "POST /password/reset/{token:str}/password": NEW,
    "POST /staff/{token:str}": NEW,
    "POST /welcome/password": NEW,
    "POST /welcome/challenge": QUESTION,
    "POST /account/profile": {**KIT, "version": "1"},
    "POST /account/profile/email": {**KIT, **CURRENT},
    "POST /account/profile/password": {**NEW, **CURRENT},
    "POST /account/profile/challenge": {**QUESTION, **CURRENT},
    "POST /account/profile/second-step": CURRENT,
    "POST /account/profile/second-step/removal": CURRENT,
    "POST /account/profile/second-step/passkeys/{passkey_id:int}": {"name": "Ring"},
    "POST /account/profile/second-step/passkeys/{passkey_id:int}/removal": CURRENT,
    "POST /account/users": {**KIT, "privileges": "see_prices"},
    "POST /account/users/{user_id:int}": {**KIT, "version": "1"},
    "POST /account/users/{user_id:int}/privileges": {"privileges": "see_prices"},
    "POST /account/profile/notifications/{code:str}": {"email": "1", "orders": "own"},
    "POST /account/profile/notifications/{code:str}/addresses": {"address": "orders@moss.example"},
    "POST /become-a-reseller/state/{reference:str}/{token:str}/answers": {"text": "Since 2019."},
    "POST /desk/applications/{application_id:int}/question": {"text": "Since when?", "version": "1"},
    "POST /desk/applications/{application_id:int}/refusal": {"text": "No resale.", "version": "1"},
    "POST /desk/cases/{case_id:int}": {"outcome": "Called back."},
    "POST /desk/applications/{application_id:int}/approval": {**TERMS, "company_name": "Moss", **APPROVED},
    "POST /desk/companies/{company_id:int}": {**TERMS, "name": "Moss Ltd", "requires_second_step": ""},
    "POST /desk/companies/{company_id:int}/administrators": KIT,
    "POST /desk/companies/{company_id:int}/limit": {"credit_limit": "60000", "shown": "5000000"},
    "POST /desk/companies/{company_id:int}/note": {"note": "Call first.", "version": "1"},
    "POST /desk/companies/{company_id:int}/suspension": {"reason": "Unpaid."},
    "POST /settings/display": {"density": "dense", "keys": "1"},
    "POST /desk/staff": {**KIT, "roles": "sales"},
    "POST /desk/staff/{user_id:int}": {**KIT, "version": "1"},
    "POST /desk/staff/{user_id:int}/roles": {"roles": "sales"},
}


def sees_colleagues(door: Door, one: Someone) -> bool:
    """Whether this thing of a colleague's is the person's to see: an order may be, a private basket never is."""
    return "number" in door.holes and one.may(Privilege.SEE_ALL_ORDERS)
