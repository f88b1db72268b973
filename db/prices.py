"""What a company pays: price lists, discounts off MSRP, and contract prices."""

from piccolo.columns import BigInt, Date, ForeignKey, Integer, OnDelete, Serial, Varchar
from piccolo.table import Table

from db.companies import Company
from db.products import Category, Product, Vendor


class PriceList(Table, tablename="price_lists"):
    id = Serial(primary_key=True)
    code = Varchar(40, unique=True)
    name = Varchar(120)


class CompanyPriceList(Table, tablename="company_price_lists"):
    id = Serial(primary_key=True)
    company = ForeignKey(Company, null=False, on_delete=OnDelete.cascade)
    price_list = ForeignKey(PriceList, null=False, on_delete=OnDelete.cascade)


class ListPrice(Table, tablename="list_prices"):
    id = Serial(primary_key=True)
    price_list = ForeignKey(PriceList, null=False, on_delete=OnDelete.cascade)
    product = ForeignKey(Product, null=False, on_delete=OnDelete.cascade)
    min_quantity = Integer(default=1)
    price_cents = BigInt()
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)


class Discount(Table, tablename="discounts"):
    """So much off MSRP for a vendor's goods, a category's, or both; in hundredths of a per cent."""

    id = Serial(primary_key=True)
    price_list = ForeignKey(PriceList, null=False, on_delete=OnDelete.cascade)
    vendor = ForeignKey(Vendor, null=True, default=None, on_delete=OnDelete.cascade)
    category = ForeignKey(Category, null=True, default=None, on_delete=OnDelete.cascade)
    basis_points = Integer()
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)


class ContractPrice(Table, tablename="contract_prices"):
    id = Serial(primary_key=True)
    company = ForeignKey(Company, null=False, on_delete=OnDelete.cascade)
    product = ForeignKey(Product, null=False, on_delete=OnDelete.cascade)
    min_quantity = Integer(default=1)
    price_cents = BigInt()
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)
