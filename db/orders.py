"""Orders: what was promised, copied from the moment of placing, and how it leaves the house."""

from piccolo.columns import (
    BigInt,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from db.baskets import Basket
from db.companies import Company, Warehouse
from db.products import Product
from db.users import User


class DeliveryMethod(Table, tablename="delivery_methods"):
    id = Serial(primary_key=True)
    code = Varchar(20, unique=True)
    name = Varchar(80)
    position = Integer()


class FreightRate(Table, tablename="freight_rates"):
    """What a delivery method costs up to a weight."""

    id = Serial(primary_key=True)
    delivery_method = ForeignKey(DeliveryMethod, null=False, on_delete=OnDelete.cascade)
    up_to_grams = Integer()
    price_cents = BigInt()


class Order(Table, tablename="orders"):
    id = Serial(primary_key=True)
    number = Varchar(11, unique=True)
    company = ForeignKey(Company, null=False, on_delete=OnDelete.restrict)
    placed_by = ForeignKey(User, null=False, on_delete=OnDelete.restrict)
    acted_by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)  # staff who acted
    placed_at = Timestamptz()
    basket = ForeignKey(Basket, null=True, default=None, on_delete=OnDelete.set_null)
    token = Varchar(64, null=True, default=None)
    token_digest = Varchar(64, null=True, default=None)  # what was posted with the token
    po_number = Varchar(35)
    po_guard = Varchar(70, null=True, default=None)  # the folded PO number where it may stand only once
    end_customer_po = Varchar(35)
    end_user = Text()
    delivery_name = Varchar(100)
    delivery_attention = Varchar(100)
    delivery_line1 = Varchar(100)
    delivery_line2 = Varchar(100)
    delivery_city = Varchar(80)
    delivery_region = Varchar(80)
    delivery_postcode = Varchar(20)
    delivery_country = Varchar(2)
    delivery_phone = Varchar(40)
    delivery_method = Varchar(80)
    requested_date = Date(null=True, default=None)
    ship = Varchar(10)  # available or complete
    notes = Text()
    currency = Varchar(3)
    tax_name = Varchar(20)
    tax_basis_points = Integer()
    goods_cents = BigInt()
    freight_cents = BigInt()
    tax_cents = BigInt()
    total_cents = BigInt()


class OrderLine(Table, tablename="order_lines"):
    id = Serial(primary_key=True)
    order = ForeignKey(Order, null=False, on_delete=OnDelete.cascade)
    number = Integer()
    product = ForeignKey(Product, null=True, default=None, on_delete=OnDelete.set_null)
    sku = Varchar(18)
    vpn = Varchar(80)
    vendor = Varchar(120)
    name = Varchar(300)
    note = Varchar(200)
    quantity = Integer(default=1)
    price_cents = BigInt()
    price_source = Varchar(200)
    total_cents = BigInt()
    tax_cents = BigInt()
    shipped = Integer()
    delivered = Integer()
    cancelled = Integer()


class OrderPart(Table, tablename="order_parts"):
    """Units of a line that leave from one warehouse, or wait for stock there (`backordered`)."""

    id = Serial(primary_key=True)
    line = ForeignKey(OrderLine, null=False, on_delete=OnDelete.cascade)
    warehouse = ForeignKey(Warehouse, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(12)  # reserved, backordered or shipped
    quantity = Integer(default=1)
    eta = Date(null=True, default=None)
