"""The blueprint: every field of it, made by the model and edited by the author."""
