"""Understands a candidate's question, decides, quotes, and keeps what was not answered."""

__version__ = "0.1.0"
