"""Every indicator, with a few invented children and the answer they should give, worked out by hand."""
