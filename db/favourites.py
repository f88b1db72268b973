"""What users keep of the catalogue for themselves: favourites and searches."""

from piccolo.columns import ForeignKey, OnDelete, Serial, Timestamptz, Varchar
from piccolo.table import Table

from db.products import Product
from db.users import User


class Favourite(Table, tablename="favourites"):
    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    product = ForeignKey(Product, null=False, on_delete=OnDelete.cascade)
    added_at = Timestamptz()


class SavedSearch(Table, tablename="saved_searches"):
    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    name = Varchar(80)
    name_key = Varchar(80)
    query = Varchar(2_000)  # what follows the `?` in the address of the products
    saved_at = Timestamptz()
    removed_at = Timestamptz(null=True, default=None)
