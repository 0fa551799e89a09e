"""Who may do what: one policy, and the guard that asks it at every endpoint."""
