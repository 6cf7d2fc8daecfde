"""What keeps the service going: the work behind it, its backups, and its move to another database."""
