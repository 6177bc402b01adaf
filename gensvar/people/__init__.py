"""Who may do what: users, workspaces, teams, roles, and the Actor that every action names."""
