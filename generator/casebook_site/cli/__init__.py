"""The commands. Arguments in, exit code out.

A module holds commands that need the same rooms; `cli` imports it when one of them is run.
"""
