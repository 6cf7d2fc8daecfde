"""Children and those around them: people, families, homes, and who works with whom."""
