"""Screens over what is counted: the reports that were made, for those who may read them."""
