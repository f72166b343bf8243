"""Passages made searchable: dense vectors, BM25 on French words, and their fusion."""
