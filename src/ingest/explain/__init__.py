"""How a page was read: each line's label and what spoke for it, and the fields that were built from it."""
