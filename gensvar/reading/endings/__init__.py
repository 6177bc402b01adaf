"""The endings of seven languages, as tables with their sources; `forms` puts them together.

Each language has `stems(word)`: what may follow the word, and what may follow each stem into which it
changes. Endings behind a mark are written with it (`:n`, `'s`); hyphens make compounds (`compounds`).
"""
