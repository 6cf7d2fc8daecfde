"""Every change to the pathway. Each is one act: permission, rule, write, what it opens, and trail together."""
