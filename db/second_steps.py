"""What a person holds for the second step of the log-in: an authenticator app, passkeys, recovery codes."""

from piccolo.columns import BigInt, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from db.users import User


class Authenticator(Table, tablename="authenticators"):
    """An app that makes codes; it counts once a first code has confirmed it."""

    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, unique=True, on_delete=OnDelete.cascade)
    sealed_secret = Text()
    confirmed_at = Timestamptz(null=True, default=None)
    last_counter = BigInt()  # of the last code taken: none is taken twice
    made_at = Timestamptz()


class Passkey(Table, tablename="passkeys"):
    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    credential = Varchar(700, unique=True)  # base64url
    public_key = Text()  # CBOR, base64url
    sign_count = BigInt()
    name = Varchar(80)
    made_at = Timestamptz()
    last_used_at = Timestamptz(null=True, default=None)


class RecoveryCode(Table, tablename="recovery_codes"):
    id = Serial(primary_key=True)
    user = ForeignKey(User, null=False, on_delete=OnDelete.cascade)
    code_hash = Varchar(64)
    made_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)
