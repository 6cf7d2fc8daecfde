"""Work: what each worker must do and is about to be late for, what a team carries, and how it is moved."""
