"""Curated answers about muscle spasms, by text and by phone."""
