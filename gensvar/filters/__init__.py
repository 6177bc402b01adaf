"""The commands that turn lines into lines: no database, no network, constant memory."""
