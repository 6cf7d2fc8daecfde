"""What happened to a child: each folder a Django app, each change an action."""
