"""Baskets and their lines."""

from piccolo.columns import BigInt, Boolean, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from db.companies import Company, Warehouse
from db.products import Product
from db.users import User


class Basket(Table, tablename="baskets"):
    id = Serial(primary_key=True)
    company = ForeignKey(Company, null=False, on_delete=OnDelete.cascade)
    owner = ForeignKey(User, null=False, on_delete=OnDelete.restrict)
    name = Varchar(80)
    name_key = Varchar(80)
    visibility = Varchar(10)  # private, public or shared
    note = Text()
    home_warehouse = ForeignKey(Warehouse, null=False, on_delete=OnDelete.restrict)
    line_count = Integer()  # with total_cents as its owner saw it last: what the header of every page says
    total_cents = BigInt()
    created_at = Timestamptz()
    changed_at = Timestamptz()
    revision = Integer()  # one more with every change of the lines: what somebody has not seen yet is found by it
    markup_basis_points = Integer(null=True, default=None)  # on the cost, for the customer view
    archived_at = Timestamptz(null=True, default=None)
    archived_by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.restrict)  # nobody: it was ordered
    template_at = Timestamptz(null=True, default=None)
    deleted_at = Timestamptz(null=True, default=None)


class BasketApproval(Table, tablename="basket_approvals"):
    """A user whom the creator of a shared basket lets change it."""

    id = Serial(primary_key=True)
    basket = ForeignKey(Basket, null=False, on_delete=OnDelete.cascade)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    approved_at = Timestamptz()


class BasketLine(Table, tablename="basket_lines"):
    id = Serial(primary_key=True)
    basket = ForeignKey(Basket, null=False, on_delete=OnDelete.cascade)
    product = ForeignKey(Product, null=False, on_delete=OnDelete.restrict)
    quantity = Integer(default=1)
    note = Varchar(200)
    version = Integer(default=1)
    revision = Integer()  # the basket's at the line's last change
    seen_price_cents = BigInt(null=True, default=None)  # with the next two: what was last accepted (BASKET-9)
    seen_ships = Integer(null=True, default=None)
    seen_discontinued = Boolean()
    selling_cents = BigInt(null=True, default=None)  # the reseller's own price for one unit, over the markup
    changed_by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    added_by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    added_at = Timestamptz()
    removed_at = Timestamptz(null=True, default=None)


class LeftOutLine(Table, tablename="left_out_lines"):
    """What a copy or a merge could not bring into a basket, until somebody has read it."""

    id = Serial(primary_key=True)
    basket = ForeignKey(Basket, null=False, on_delete=OnDelete.cascade)
    product = ForeignKey(Product, null=False, on_delete=OnDelete.cascade)
    quantity = Integer()
