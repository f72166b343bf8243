"""Understands a candidate's question, decides, quotes, and keeps what was not answered."""
