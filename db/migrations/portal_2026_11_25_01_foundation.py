"""The foundation: companies, users, catalogue, prices, baskets, orders, mail."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from db.ddl import migration

ID = "2026-11-25T00:00:01"
VERSION = "1.38.0"
DESCRIPTION = "the foundation"

BOTH = """
CREATE TABLE warehouses (
    id $id,
    code VARCHAR(8) NOT NULL UNIQUE,
    name VARCHAR(80) NOT NULL,
    position INTEGER NOT NULL
)
--
CREATE TABLE companies (
    id $id,
    account_number VARCHAR(6) NOT NULL UNIQUE CHECK (length(account_number) = 6),
    name VARCHAR(200) NOT NULL,
    home_warehouse INTEGER NOT NULL REFERENCES warehouses (id) ON DELETE RESTRICT,
    account_manager INTEGER,
    payment_terms_days INTEGER NOT NULL DEFAULT 20 CHECK (payment_terms_days >= 0),
    credit_limit_cents BIGINT NOT NULL DEFAULT 0 CHECK (credit_limit_cents >= 0),
    allows_repeated_po BOOLEAN NOT NULL DEFAULT FALSE,
    time_zone VARCHAR(64) NOT NULL DEFAULT '',
    created_at $time NOT NULL
)
--
CREATE TABLE certifications (
    id $id,
    code VARCHAR(40) NOT NULL UNIQUE,
    name VARCHAR(200) NOT NULL,
    how_to_get TEXT NOT NULL
)
--
CREATE TABLE company_certifications (
    id $id,
    company INTEGER NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    certification INTEGER NOT NULL REFERENCES certifications (id) ON DELETE CASCADE,
    valid_to DATE,
    UNIQUE (company, certification)
)
--
CREATE TABLE addresses (
    id $id,
    company INTEGER NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    name VARCHAR(100) NOT NULL CHECK (name <> ''),
    attention VARCHAR(100) NOT NULL DEFAULT '',
    line1 VARCHAR(100) NOT NULL,
    line2 VARCHAR(100) NOT NULL DEFAULT '',
    city VARCHAR(80) NOT NULL,
    region VARCHAR(80) NOT NULL DEFAULT '',
    postcode VARCHAR(20) NOT NULL,
    country VARCHAR(2) NOT NULL,
    phone VARCHAR(40) NOT NULL DEFAULT '',
    is_default BOOLEAN NOT NULL DEFAULT FALSE,
    created_at $time NOT NULL
)
--
CREATE INDEX addresses_company ON addresses (company)
--
CREATE TABLE users (
    id $id,
    company INTEGER REFERENCES companies (id) ON DELETE RESTRICT,
    name VARCHAR(100) NOT NULL,
    email VARCHAR(254) NOT NULL,
    email_key VARCHAR(254) NOT NULL UNIQUE,
    phone VARCHAR(40) NOT NULL DEFAULT '',
    job_title VARCHAR(100) NOT NULL DEFAULT '',
    time_zone VARCHAR(64) NOT NULL DEFAULT '',
    density VARCHAR(12) NOT NULL DEFAULT 'comfortable' CHECK (density IN ('comfortable', 'dense')),
    password_hash TEXT NOT NULL DEFAULT '',
    password_changed_at $time,
    is_administrator BOOLEAN NOT NULL DEFAULT FALSE,
    current_basket INTEGER,
    created_at $time NOT NULL,
    last_login_at $time
)
--
CREATE INDEX users_company ON users (company)
--
CREATE TABLE suspensions (
    id $id,
    "user" INTEGER NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    at $time NOT NULL
)
--
CREATE TABLE user_privileges (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    privilege VARCHAR(40) NOT NULL,
    granted_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    granted_at $time NOT NULL,
    UNIQUE ("user", privilege)
)
--
CREATE TABLE staff_roles (
    id $id,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role VARCHAR(20) NOT NULL
        CHECK (role IN ('sales', 'credit', 'returns', 'warehouse', 'catalogue', 'administrator')),
    granted_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    granted_at $time NOT NULL,
    UNIQUE ("user", role)
)
--
CREATE TABLE sessions (
    id $id,
    token_hash VARCHAR(64) NOT NULL UNIQUE,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    started_at $time NOT NULL,
    last_seen_at $time NOT NULL,
    network_address VARCHAR(45) NOT NULL DEFAULT '',
    user_agent VARCHAR(300) NOT NULL DEFAULT ''
)
--
CREATE INDEX sessions_user ON sessions ("user")
--
CREATE TABLE login_failures (
    id $id,
    email_key VARCHAR(254) NOT NULL,
    network_address VARCHAR(45) NOT NULL,
    at $time NOT NULL
)
--
CREATE INDEX login_failures_email ON login_failures (email_key, at)
--
CREATE INDEX login_failures_address ON login_failures (network_address, at)
--
CREATE TABLE vendors (
    id $id,
    name VARCHAR(120) NOT NULL,
    name_key VARCHAR(120) NOT NULL UNIQUE
)
--
CREATE TABLE categories (
    id $id,
    path VARCHAR(300) NOT NULL UNIQUE,
    name VARCHAR(120) NOT NULL,
    depth INTEGER NOT NULL CHECK (depth > 0)
)
--
CREATE TABLE products (
    id $id,
    sku VARCHAR(18) NOT NULL UNIQUE,
    source_id VARCHAR(64) UNIQUE,
    vpn VARCHAR(80) NOT NULL DEFAULT '',
    vpn_key VARCHAR(80) NOT NULL DEFAULT '',
    upc VARCHAR(14) NOT NULL DEFAULT '',
    vendor INTEGER REFERENCES vendors (id) ON DELETE RESTRICT,
    category INTEGER REFERENCES categories (id) ON DELETE RESTRICT,
    name VARCHAR(300) NOT NULL CHECK (name <> ''),
    description TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    msrp_cents BIGINT CHECK (msrp_cents >= 0),
    weight_grams INTEGER NOT NULL DEFAULT 0 CHECK (weight_grams >= 0),
    length_mm INTEGER NOT NULL DEFAULT 0,
    width_mm INTEGER NOT NULL DEFAULT 0,
    height_mm INTEGER NOT NULL DEFAULT 0,
    warranty_months INTEGER NOT NULL DEFAULT 0 CHECK (warranty_months >= 0),
    min_quantity INTEGER NOT NULL DEFAULT 1 CHECK (min_quantity > 0),
    multiple_quantity INTEGER NOT NULL DEFAULT 1 CHECK (multiple_quantity > 0),
    is_no_return BOOLEAN NOT NULL DEFAULT FALSE,
    is_serial_tracked BOOLEAN NOT NULL DEFAULT FALSE,
    is_end_user_required BOOLEAN NOT NULL DEFAULT FALSE,
    is_clearance BOOLEAN NOT NULL DEFAULT FALSE,
    is_discontinued BOOLEAN NOT NULL DEFAULT FALSE,
    replaced_by INTEGER,
    certification INTEGER REFERENCES certifications (id) ON DELETE RESTRICT,
    available INTEGER NOT NULL DEFAULT 0,
    created_at $time NOT NULL,
    changed_at $time NOT NULL
)
--
CREATE INDEX products_vpn_key ON products (vpn_key)
--
CREATE INDEX products_upc ON products (upc)
--
CREATE INDEX products_vendor ON products (vendor)
--
CREATE INDEX products_category ON products (category)
--
CREATE TABLE stock (
    id $id,
    product INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    warehouse INTEGER NOT NULL REFERENCES warehouses (id) ON DELETE RESTRICT,
    available INTEGER NOT NULL DEFAULT 0 CHECK (available >= 0),
    reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    on_order INTEGER NOT NULL DEFAULT 0 CHECK (on_order >= 0),
    eta DATE,
    UNIQUE (product, warehouse)
)
--
CREATE TABLE price_lists (
    id $id,
    code VARCHAR(40) NOT NULL UNIQUE,
    name VARCHAR(120) NOT NULL
)
--
CREATE TABLE company_price_lists (
    id $id,
    company INTEGER NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    price_list INTEGER NOT NULL REFERENCES price_lists (id) ON DELETE CASCADE,
    UNIQUE (company, price_list)
)
--
CREATE TABLE list_prices (
    id $id,
    price_list INTEGER NOT NULL REFERENCES price_lists (id) ON DELETE CASCADE,
    product INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    min_quantity INTEGER NOT NULL DEFAULT 1 CHECK (min_quantity > 0),
    price_cents BIGINT NOT NULL CHECK (price_cents >= 0),
    valid_from DATE,
    valid_to DATE
)
--
CREATE UNIQUE INDEX list_prices_once
    ON list_prices (product, price_list, min_quantity, coalesce(valid_from, '0001-01-01'))
--
CREATE TABLE discounts (
    id $id,
    price_list INTEGER NOT NULL REFERENCES price_lists (id) ON DELETE CASCADE,
    vendor INTEGER REFERENCES vendors (id) ON DELETE CASCADE,
    category INTEGER REFERENCES categories (id) ON DELETE CASCADE,
    basis_points INTEGER NOT NULL CHECK (basis_points BETWEEN 1 AND 10000),
    valid_from DATE,
    valid_to DATE,
    CHECK (vendor IS NOT NULL OR category IS NOT NULL)
)
--
CREATE INDEX discounts_list ON discounts (price_list)
--
CREATE TABLE contract_prices (
    id $id,
    company INTEGER NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    product INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    min_quantity INTEGER NOT NULL DEFAULT 1 CHECK (min_quantity > 0),
    price_cents BIGINT NOT NULL CHECK (price_cents >= 0),
    valid_from DATE,
    valid_to DATE
)
--
CREATE INDEX contract_prices_product ON contract_prices (company, product)
--
CREATE TABLE baskets (
    id $id,
    company INTEGER NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    owner INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    name VARCHAR(80) NOT NULL CHECK (name <> ''),
    name_key VARCHAR(80) NOT NULL,
    visibility VARCHAR(10) NOT NULL CHECK (visibility IN ('private', 'public', 'shared')),
    note TEXT NOT NULL DEFAULT '',
    home_warehouse INTEGER NOT NULL REFERENCES warehouses (id) ON DELETE RESTRICT,
    line_count INTEGER NOT NULL DEFAULT 0 CHECK (line_count >= 0),
    total_cents BIGINT NOT NULL DEFAULT 0 CHECK (total_cents >= 0),
    created_at $time NOT NULL,
    changed_at $time NOT NULL,
    archived_at $time,
    template_at $time,
    deleted_at $time
)
--
CREATE UNIQUE INDEX baskets_name_once ON baskets (owner, name_key) WHERE deleted_at IS NULL
--
CREATE INDEX baskets_company ON baskets (company)
--
CREATE TABLE basket_approvals (
    id $id,
    basket INTEGER NOT NULL REFERENCES baskets (id) ON DELETE CASCADE,
    "user" INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    approved_at $time NOT NULL,
    UNIQUE (basket, "user")
)
--
CREATE TABLE basket_lines (
    id $id,
    basket INTEGER NOT NULL REFERENCES baskets (id) ON DELETE CASCADE,
    product INTEGER NOT NULL REFERENCES products (id) ON DELETE RESTRICT,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    note VARCHAR(200) NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    seen_price_cents BIGINT CHECK (seen_price_cents >= 0),
    added_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    added_at $time NOT NULL,
    removed_at $time,
    UNIQUE (basket, product)
)
--
CREATE TABLE delivery_methods (
    id $id,
    code VARCHAR(20) NOT NULL UNIQUE,
    name VARCHAR(80) NOT NULL,
    position INTEGER NOT NULL
)
--
CREATE TABLE freight_rates (
    id $id,
    delivery_method INTEGER NOT NULL REFERENCES delivery_methods (id) ON DELETE CASCADE,
    up_to_grams INTEGER NOT NULL CHECK (up_to_grams > 0),
    price_cents BIGINT NOT NULL CHECK (price_cents >= 0),
    UNIQUE (delivery_method, up_to_grams)
)
--
CREATE TABLE orders (
    id $id,
    number VARCHAR(11) NOT NULL UNIQUE,
    company INTEGER NOT NULL REFERENCES companies (id) ON DELETE RESTRICT,
    placed_by INTEGER NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    placed_at $time NOT NULL,
    basket INTEGER REFERENCES baskets (id) ON DELETE SET NULL,
    token VARCHAR(64),
    token_digest VARCHAR(64),
    po_number VARCHAR(35) NOT NULL,
    po_guard VARCHAR(70),
    end_customer_po VARCHAR(35) NOT NULL DEFAULT '',
    end_user TEXT NOT NULL DEFAULT '',
    delivery_name VARCHAR(100) NOT NULL,
    delivery_attention VARCHAR(100) NOT NULL DEFAULT '',
    delivery_line1 VARCHAR(100) NOT NULL,
    delivery_line2 VARCHAR(100) NOT NULL DEFAULT '',
    delivery_city VARCHAR(80) NOT NULL,
    delivery_region VARCHAR(80) NOT NULL DEFAULT '',
    delivery_postcode VARCHAR(20) NOT NULL,
    delivery_country VARCHAR(2) NOT NULL,
    delivery_phone VARCHAR(40) NOT NULL DEFAULT '',
    delivery_method VARCHAR(80) NOT NULL,
    requested_date DATE,
    ship VARCHAR(10) NOT NULL CHECK (ship IN ('available', 'complete')),
    notes TEXT NOT NULL DEFAULT '',
    currency VARCHAR(3) NOT NULL,
    tax_name VARCHAR(20) NOT NULL,
    tax_basis_points INTEGER NOT NULL CHECK (tax_basis_points >= 0),
    goods_cents BIGINT NOT NULL CHECK (goods_cents >= 0),
    freight_cents BIGINT NOT NULL CHECK (freight_cents >= 0),
    tax_cents BIGINT NOT NULL CHECK (tax_cents >= 0),
    total_cents BIGINT NOT NULL,
    UNIQUE (company, token),
    UNIQUE (company, po_guard),
    CHECK (total_cents = goods_cents + freight_cents + tax_cents)
)
--
CREATE INDEX orders_company ON orders (company, placed_at)
--
CREATE INDEX orders_placed_by ON orders (placed_by, placed_at)
--
CREATE TABLE order_lines (
    id $id,
    "order" INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    product INTEGER REFERENCES products (id) ON DELETE SET NULL,
    sku VARCHAR(18) NOT NULL,
    vpn VARCHAR(80) NOT NULL DEFAULT '',
    vendor VARCHAR(120) NOT NULL DEFAULT '',
    name VARCHAR(300) NOT NULL,
    note VARCHAR(200) NOT NULL DEFAULT '',
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price_cents BIGINT NOT NULL CHECK (price_cents >= 0),
    price_source VARCHAR(200) NOT NULL DEFAULT '',
    total_cents BIGINT NOT NULL CHECK (total_cents >= 0),
    tax_cents BIGINT NOT NULL CHECK (tax_cents >= 0),
    shipped INTEGER NOT NULL DEFAULT 0 CHECK (shipped >= 0),
    delivered INTEGER NOT NULL DEFAULT 0 CHECK (delivered >= 0),
    cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
    UNIQUE ("order", number),
    CHECK (delivered <= shipped),
    CHECK (shipped + cancelled <= quantity),
    CHECK (total_cents = price_cents * quantity)
)
--
CREATE INDEX order_lines_sku ON order_lines (sku)
--
CREATE TABLE order_parts (
    id $id,
    line INTEGER NOT NULL REFERENCES order_lines (id) ON DELETE CASCADE,
    warehouse INTEGER NOT NULL REFERENCES warehouses (id) ON DELETE RESTRICT,
    kind VARCHAR(12) NOT NULL CHECK (kind IN ('reserved', 'backordered', 'shipped')),
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    eta DATE
)
--
CREATE INDEX order_parts_line ON order_parts (line)
--
CREATE TABLE notices (
    id $id,
    kind VARCHAR(40) NOT NULL,
    event VARCHAR(120) NOT NULL,
    company INTEGER REFERENCES companies (id) ON DELETE CASCADE,
    recipient VARCHAR(254) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    message_id VARCHAR(120) NOT NULL UNIQUE,
    written_at $time NOT NULL,
    due_at $time NOT NULL,
    locked_until $time,
    attempts INTEGER NOT NULL DEFAULT 0,
    sent_at $time,
    failed_at $time,
    last_error VARCHAR(500) NOT NULL DEFAULT '',
    UNIQUE (event, recipient)
)
--
CREATE INDEX notices_due ON notices (due_at) WHERE sent_at IS NULL AND failed_at IS NULL
--
CREATE TABLE marks (
    name VARCHAR(60) PRIMARY KEY,
    value TEXT NOT NULL
)
"""

AVAILABLE = "(SELECT coalesce(sum(available), 0) FROM stock WHERE product = {row}.product)"

SQLITE = (
    "\n--\n".join(
        f"""CREATE TRIGGER stock_{when.lower()} AFTER {when} ON stock BEGIN
    UPDATE products SET available = {AVAILABLE.format(row=row)} WHERE id = {row}.product;
END"""
        for when, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
    )
    + f"""
--
CREATE TRIGGER stock_update AFTER UPDATE OF available ON stock WHEN NEW.available <> OLD.available BEGIN
    UPDATE products SET available = {AVAILABLE.format(row="NEW")} WHERE id = NEW.product;
END"""
)

POSTGRES = """
CREATE FUNCTION stock_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE products SET available = available + NEW.available WHERE id = NEW.product;
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE products SET available = available - OLD.available WHERE id = OLD.product;
    ELSIF NEW.available <> OLD.available THEN
        UPDATE products SET available = available + NEW.available - OLD.available WHERE id = NEW.product;
    END IF;
    RETURN NULL;
END $body$
--
CREATE TRIGGER stock_changed AFTER INSERT OR UPDATE OR DELETE ON stock
    FOR EACH ROW EXECUTE FUNCTION stock_changed()
"""


async def forwards() -> MigrationManager:
    return migration(ID, DESCRIPTION, BOTH, SQLITE, POSTGRES)
