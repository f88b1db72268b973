"""The numbers by which a company knows products itself: one for a product, once in a company."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Timestamptz, Varchar
from piccolo.table import Table

from db.companies import Company
from db.products import Product
from db.users import User


class PartNumber(Table, tablename="part_numbers"):
    id = Serial(primary_key=True)
    company = ForeignKey(Company, null=False, on_delete=OnDelete.cascade)
    product = ForeignKey(Product, null=False, on_delete=OnDelete.cascade)
    number = Varchar(60)
    number_key = Varchar(60)
    set_by = ForeignKey(User, null=True, default=None, on_delete=OnDelete.set_null)
    set_at = Timestamptz()
