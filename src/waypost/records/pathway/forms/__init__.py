"""What the pathway's pages ask."""
