"""A story for tests that need one, whatever it says."""

DREDGING = """\
Pilots ask for a deeper channel

By Ines Dahl

26 January 2024

The harbour board voted on Tuesday to dredge the eastern channel before the winter, its chair said.

Two ferries ran aground there in the spring, and the pilots have asked for deeper water ever since.
"""
