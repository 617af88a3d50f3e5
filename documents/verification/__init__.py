"""Judging files: signatures, our bytes, what was added; the answer to whoever asks."""
