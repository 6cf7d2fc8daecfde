"""Waypost: the figures of an English child protection service, trusted, traced and made again."""

__version__ = "0.2.0"
