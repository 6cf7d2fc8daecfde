"""Files that people put on a record: what each is, whether it is safe to keep, and where it is kept."""
