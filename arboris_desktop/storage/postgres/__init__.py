"""PostgreSQL's side of the port; read only when an address asks for it."""
