"""Bench: what a question, a build and a start cost, beside a bare vector search. Not shipped."""
