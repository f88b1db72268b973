"""Files that come and go, one module a format or document."""
