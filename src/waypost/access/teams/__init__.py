"""The teams of an authority: added, renamed with the day, and closed when nothing is left in them."""
