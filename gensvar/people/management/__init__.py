"""Django's own commands, fitted to this house."""
