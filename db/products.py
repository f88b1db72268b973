"""The catalogue: vendors, categories, products, and their stock in each warehouse."""

from piccolo.columns import (
    BigInt,
    Boolean,
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

from db.companies import Certification, Warehouse


class Vendor(Table, tablename="vendors"):
    id = Serial(primary_key=True)
    name = Varchar(120)
    name_key = Varchar(120, unique=True)  # folded, so that ASUS and Asus are one vendor


class Category(Table, tablename="categories"):
    id = Serial(primary_key=True)
    path = Varchar(300, unique=True)  # "Components > Cases"
    name = Varchar(120)
    depth = Integer()


class Product(Table, tablename="products"):
    id = Serial(primary_key=True)
    sku = Varchar(18, unique=True)
    source_id = Varchar(64, null=True, default=None, unique=True)
    vpn = Varchar(80)
    vpn_key = Varchar(80)  # letters and digits only, in capitals
    upc = Varchar(14)
    vendor = ForeignKey(Vendor, null=True, default=None, on_delete=OnDelete.restrict)
    category = ForeignKey(Category, null=True, default=None, on_delete=OnDelete.restrict)
    name = Varchar(300)
    description = Text()
    words = Text()  # what the full-text search reads
    msrp_cents = BigInt(null=True, default=None)
    weight_grams = Integer()
    length_mm = Integer()
    width_mm = Integer()
    height_mm = Integer()
    warranty_months = Integer()
    min_quantity = Integer(default=1)
    multiple_quantity = Integer(default=1)
    is_no_return = Boolean()
    is_serial_tracked = Boolean()
    is_end_user_required = Boolean()
    is_clearance = Boolean()
    is_discontinued = Boolean()
    replaced_by = Integer(null=True, default=None)  # a product
    certification = ForeignKey(Certification, null=True, default=None, on_delete=OnDelete.restrict)
    available = Integer()  # the sum of its stock, kept by a trigger
    created_at = Timestamptz()
    changed_at = Timestamptz()


class Stock(Table, tablename="stock"):
    """Units of one product in one warehouse; on hand = available + reserved."""

    id = Serial(primary_key=True)
    product = ForeignKey(Product, null=False, on_delete=OnDelete.cascade)
    warehouse = ForeignKey(Warehouse, null=False, on_delete=OnDelete.restrict)
    available = Integer()
    reserved = Integer()
    on_order = Integer()
    eta = Date(null=True, default=None)
