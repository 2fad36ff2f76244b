"""The version, alone in a file: the build reads it, and ``ingest --version`` needs nothing else."""

VERSION = "0.1.0"


def version_line() -> str:
    """The version and the checksum of the model, on which records depend as much.

    >>> version_line().partition(" (model ")[0] == f"ingest {VERSION}"
    True
    """
    from os.path import dirname, join
    from zlib import crc32

    with open(join(dirname(__file__), "label", "model.crfsuite"), "rb") as file:
        return f"ingest {VERSION} (model {crc32(file.read()):08x})"
