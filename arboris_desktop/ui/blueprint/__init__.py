"""The blueprint: all its fields, created by the model and edited by the author."""
