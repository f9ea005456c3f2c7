"""Turns news reports into a record of who said what, how sure, and from which words."""

__version__ = "0.1.0"
