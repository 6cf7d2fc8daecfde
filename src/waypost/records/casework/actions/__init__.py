"""Every change to people and children. Each is one act: permission, rule, write and trail together."""
