"""The pathway's pages."""
