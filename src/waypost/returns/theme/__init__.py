"""The style sheet of the pages of this room, compiled from `frontend`."""
