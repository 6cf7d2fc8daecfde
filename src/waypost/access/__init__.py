"""Who may see and do what: the people who use Waypost, their roles, what is in their scope, and the audit trail."""
