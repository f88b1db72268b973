"""What the operator can set, each from the environment as `PORTAL_` and its name."""

from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from db.environment import environment


class WrongSetting(ValueError):
    """A setting has a value that it cannot have."""


@dataclass(frozen=True, slots=True)
class Settings:
    distributor: str = "Harbour Distribution"
    contact_email: str = "trade@harbour.example"
    contact_phone: str = "+64 9 555 0100"
    currency: str = "NZD"
    tax_name: str = "GST"
    tax_percent: Decimal = Decimal(15)
    time_zone: str = "Pacific/Auckland"
    base_url: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    secret: str = ""
    data_dir: str = "var"
    visitor_prices: str = "retail"
    trusted_proxies: str = ""
    metrics_token: str = ""
    max_active_baskets: int = 100
    max_basket_lines: int = 500
    max_quantity: int = 100_000
    max_favourites: int = 1_000
    max_saved_searches: int = 100
    po_number_length: int = 35
    session_idle_minutes: int = 30
    session_hours: int = 12
    login_failures: int = 5
    login_failure_minutes: int = 15
    login_address_failures: int = 100
    bcrypt_cost: int = 12
    password_length: int = 10
    password_length_administrators: int = 12
    password_free_length: int = 20
    past_passwords: int = 10
    temporary_password_hours: int = 72
    reset_minutes: int = 60
    challenge: str = "question"
    challenge_tries: int = 5
    pending_login_minutes: int = 10
    second_step_tries: int = 5
    recovery_codes: int = 10
    acting_minutes: int = 60
    confirmation_hours: int = 72
    asked_per_hour: int = 5
    notification_addresses: int = 5
    registration_label: str = "NZBN"
    tax_number_label: str = "GST number"
    application_documents: int = 5
    application_document_mb: int = 10
    applications_per_hour: int = 10
    list_file_mb: int = 5
    list_rows: int = 10_000
    max_sheets: int = 50
    application_least_seconds: int = 2
    search_hits: int = 1_000
    undo_hours: int = 24
    live_seconds: int = 4
    import_batch: int = 1_000
    mail_attempts: int = 12

    @property
    def tax_basis_points(self) -> int:
        return int(self.tax_percent * 100)


def _read(kind: Any, name: str, text: str) -> Any:
    try:
        return kind(text)
    except (ValueError, InvalidOperation) as wrong:
        raise WrongSetting(f"PORTAL_{name} is {text!r}, which is not a number.") from wrong


def load() -> Settings:
    """The settings of this process; raises WrongSetting for a value that does not fit."""
    given = environment()
    values: dict[str, Any] = {}
    for field in fields(Settings):
        name = field.name.upper()
        if text := given.get(f"PORTAL_{name}"):
            values[field.name] = _read(field.type, name, text)
    made = Settings(**values)
    if made.visitor_prices not in {"retail", "none"}:
        raise WrongSetting("PORTAL_VISITOR_PRICES is neither 'retail' nor 'none'.")
    if made.challenge not in {"question", "none"}:
        raise WrongSetting("PORTAL_CHALLENGE is neither 'question' nor 'none'.")
    return made


settings = load()
