"""Cases to talk about: drawn by lot, and told without anybody in them."""
