"""Accounts and the roles that people hold, for the administrators who keep them."""
