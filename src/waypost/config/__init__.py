"""The service as a whole: its settings, its addresses, and how it is started."""
