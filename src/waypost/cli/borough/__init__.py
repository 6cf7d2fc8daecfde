"""The service measured at the size of a borough, in a scratch database of invented people."""
