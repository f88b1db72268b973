"""The portal's version, as the package says it."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("tradecounter")
except PackageNotFoundError:
    VERSION = "0.1.0"
