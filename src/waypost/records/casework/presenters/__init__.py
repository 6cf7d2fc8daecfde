"""What pages show, as words. A presenter is handed its records in few questions, and asks none itself."""
