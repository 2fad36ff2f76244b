"""Many pages: inputs of every kind, workers, outputs that survive a crash, totals."""
