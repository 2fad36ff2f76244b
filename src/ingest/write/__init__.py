"""From a Page to what the user asked for: JSON, on the terminal, in a pipe, in a file."""
