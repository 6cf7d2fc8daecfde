"""Where expressions run: an engine holds tables by name, makes more from expressions, and answers questions of them."""
