"""What happens in a project, told to open sockets as it happens."""
