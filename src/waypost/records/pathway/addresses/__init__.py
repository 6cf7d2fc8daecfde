"""Addresses of the pathway by subject. None of them holds anything about a child but a key that says nothing."""
