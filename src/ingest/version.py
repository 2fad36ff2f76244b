"""The version, alone in a file: the build reads it, and ``ingest --version`` needs nothing else."""

VERSION = "0.1.0"
