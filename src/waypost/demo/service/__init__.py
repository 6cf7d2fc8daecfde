"""The service of the demonstration: an invented cast who work with invented families, recorded by the real actions."""
