"""The list of novels, and the tree and plan of one."""
