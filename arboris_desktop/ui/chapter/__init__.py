"""The chapter that is read, written and edited."""
