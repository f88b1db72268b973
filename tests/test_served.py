"""The portal as it is served: under HTTPS, behind a proxy, with a metrics token, its books, its shut-down."""

import re
from pathlib import Path

import httpx
import pytest

from tests.servers import command, make_demo, serving

PASSWORD = "Demo-portal-2026!"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("served")
    make_demo(f"sqlite:///{folder / 'portal.db'}", folder)
    return f"sqlite:///{folder / 'portal.db'}"


def log_in(http: httpx.Client, email: str) -> httpx.Response:
    token = re.search(r'name="csrf" value="(\w+)"', http.get("/login").text)
    assert token
    return http.post("/login", data={"csrf": token[1], "email": email, "password": PASSWORD})


def test_under_https_cookies_are_bound_to_the_host(demo: str, tmp_path: Path) -> None:
    with serving(demo, tmp_path, PORTAL_BASE_URL="https://portal.example") as server:
        answer = httpx.get(f"{server.url}/login", headers={"Host": "portal.example"})
    flags = answer.headers["set-cookie"]
    assert flags.startswith("__Host-visit=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {flag.strip() for flag in flags.split(";")}
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


def test_a_demo_login_works_and_the_answer_names_no_server(demo: str, tmp_path: Path) -> None:
    with serving(demo, tmp_path) as server, httpx.Client(base_url=server.url, follow_redirects=True) as http:
        answer = log_in(http, "dana@brightbyte.example")
        assert "Overview" in answer.text
        assert "server" not in answer.headers
        assert http.get("/healthz").text == "ok\n"


def test_metrics_need_the_token_from_elsewhere(demo: str, tmp_path: Path) -> None:
    with serving(demo, tmp_path, PORTAL_METRICS_TOKEN="a-token-of-length") as server:
        far = {"X-Forwarded-For": "203.0.113.9"}
        known = {**far, "Authorization": "Bearer a-token-of-length"}
        assert httpx.get(f"{server.url}/metrics", headers=far).status_code == 404
        assert "portal_mail_waiting" in httpx.get(f"{server.url}/metrics", headers=known).text


def test_visitors_see_no_price_where_the_setting_says_so(demo: str, tmp_path: Path) -> None:
    with serving(demo, tmp_path) as server:
        assert "$" in httpx.get(f"{server.url}/products").text
    with serving(demo, tmp_path, PORTAL_VISITOR_PRICES="none") as server:
        assert "$" not in httpx.get(f"{server.url}/products").text


def test_the_books_of_the_demo_add_up(demo: str, tmp_path: Path) -> None:
    done = command(demo, tmp_path, "doctor", "--books")
    assert done.returncode == 0, done.stdout
    assert "The books add up." in done.stdout


def test_the_demo_goes_into_an_empty_database_only(demo: str, tmp_path: Path) -> None:
    again = command(demo, tmp_path, "demo")
    assert again.returncode == 1
    assert "holds data" in again.stderr
    quiet = command(demo, tmp_path, "demo", "--if-empty")
    assert quiet.returncode == 0
    assert "dana@brightbyte.example" in quiet.stdout


def test_a_served_portal_stops_when_it_is_told(demo: str, tmp_path: Path) -> None:
    with serving(demo, tmp_path) as server:
        server.process.terminate()
        assert server.process.wait(10) in (0, -15)
