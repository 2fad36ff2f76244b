"""What to look at first among records that were written: invalid ones, and those that are likely wrong."""
