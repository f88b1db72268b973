"""Resellers: companies, their certifications and their delivery addresses, and the distributor's warehouses."""

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


class Warehouse(Table, tablename="warehouses"):
    id = Serial(primary_key=True)
    code = Varchar(8, unique=True)
    name = Varchar(80)
    position = Integer()


class Company(Table, tablename="companies"):
    id = Serial(primary_key=True)
    account_number = Varchar(6, unique=True)
    name = Varchar(200)
    home_warehouse = ForeignKey(Warehouse, null=False, on_delete=OnDelete.restrict)
    account_manager = Integer(null=True, default=None)  # a user of the desk
    payment_terms_days = Integer()
    credit_limit_cents = BigInt()
    allows_repeated_po = Boolean()
    time_zone = Varchar(64)
    created_at = Timestamptz()
    legal_name = Varchar(200)
    registration_number = Varchar(60)
    tax_number = Varchar(60)
    phone = Varchar(40)
    website = Varchar(200)
    requires_second_step = Boolean()
    note = Text()  # of the desk, for the desk
    version = Integer(default=1)


class Certification(Table, tablename="certifications"):
    id = Serial(primary_key=True)
    code = Varchar(40, unique=True)
    name = Varchar(200)
    how_to_get = Text()


class CompanyCertification(Table, tablename="company_certifications"):
    id = Serial(primary_key=True)
    company = ForeignKey(Company, null=False, on_delete=OnDelete.cascade)
    certification = ForeignKey(Certification, null=False, on_delete=OnDelete.cascade)
    valid_to = Date(null=True, default=None)


class Address(Table, tablename="addresses"):
    id = Serial(primary_key=True)
    company = ForeignKey(Company, null=False, on_delete=OnDelete.cascade)
    name = Varchar(100)
    attention = Varchar(100)
    line1 = Varchar(100)
    line2 = Varchar(100)
    city = Varchar(80)
    region = Varchar(80)
    postcode = Varchar(20)
    country = Varchar(2)
    phone = Varchar(40)
    is_default = Boolean()
    created_at = Timestamptz()
