"""Sheets of Quick Order: rows of codes and quantities as somebody typed, pasted or loaded them."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar
from piccolo.table import Table

from db.baskets import Basket
from db.companies import Company
from db.products import Product
from db.users import User


class Sheet(Table, tablename="sheets"):
    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    company = ForeignKey(Company, null=False, on_delete=OnDelete.cascade)
    basket = ForeignKey(Basket, null=True, default=None, on_delete=OnDelete.set_null)  # where its good rows go or went
    basket_name = Varchar(80)  # of the new one that they shall go to, where `basket` is none
    source = Varchar(200)  # the name of the file, as it was sent
    told = Varchar(2000)  # what was said as it was read, a line each
    made_at = Timestamptz()
    removed_at = Timestamptz(null=True, default=None)  # when it was dropped; it can come back for a day


class SheetRow(Table, tablename="sheet_rows"):
    id = Serial(primary_key=True)
    sheet = ForeignKey(Sheet, null=False, on_delete=OnDelete.cascade)
    number = Integer()  # as the list or the spreadsheet counts, the heading being 1 where there is one
    code = Varchar(100)
    quantity = Varchar(40)  # as typed
    note = Varchar(200)
    product = ForeignKey(Product, null=True, default=None, on_delete=OnDelete.set_null)  # chosen among candidates
    went_at = Timestamptz(null=True, default=None)  # when it was put into the basket
    was = Integer()  # and how many that basket held before
    basket = ForeignKey(Basket, null=True, default=None, on_delete=OnDelete.set_null)  # which one
    flaw = Varchar(300)  # what is odd about it as it was read
    removed_at = Timestamptz(null=True, default=None)  # when it was dropped
