"""The demo: a made-up distributor with two resellers, a catalogue and two years of orders."""

from app.demo.cast import LOGINS, PASSWORD
from app.demo.filling import NotEmpty, fill

__all__ = ["LOGINS", "PASSWORD", "NotEmpty", "fill"]
