"""How fast the portal is beside a bare framework that renders as many bytes (docs/benchmarks.md)."""
