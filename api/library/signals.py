"""What the library tells those who build on it."""

from django.dispatch import Signal

# Sent with ``sender=Entry, entry=<the entry>`` after an entry was written or buried, within the same
# transaction: what a receiver writes commits together with it, and what it raises undoes both.
entry_changed = Signal()
