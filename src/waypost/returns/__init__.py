"""Statutory returns: checked, built and kept as sent. A folder for each return."""
