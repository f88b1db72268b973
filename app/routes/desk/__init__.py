"""The desk: the distributor's side."""
