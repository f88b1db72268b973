"""The demo: a made-up distributor with two resellers, a catalogue and two years of orders."""

from app.demo.cast import LOGINS, PASSWORD
from app.demo.filling import NotEmpty, TooFew, fill, is_demo

__all__ = ["LOGINS", "PASSWORD", "NotEmpty", "TooFew", "fill", "is_demo"]
