"""What the pathway's pages show, as words."""
