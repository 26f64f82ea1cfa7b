"""Which shape the library's entries have."""

# Raise it whenever a builder describes something otherwise than before: the next `migrate` then describes every entry
# anew, before anything reads or draws it. Phones fetch only what that has really changed.
SHAPE = 3
