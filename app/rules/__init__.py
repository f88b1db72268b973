"""What is allowed and what then happens: modules of functions, read as noun.verb."""
