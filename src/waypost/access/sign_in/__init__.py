"""Signing in: a password, then a code or a passkey; or the organisation's own identity provider.

The library that does the work is django-allauth, with django-axes for the lock-out. What is here says which of their
parts are used, in whose words, and what the audit trail keeps of it (docs/adr/0020).
"""
