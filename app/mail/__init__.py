"""How mail looks and travels: the letter, the message and the server that takes it."""
