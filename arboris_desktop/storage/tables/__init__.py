"""The database schema, by subject.

Names follow Arboris-Novel, so that its authors can bring their books.
"""
