"""Advice to whoever writes: how a text reads, and what in it readers may stumble over. It never blocks anything."""
