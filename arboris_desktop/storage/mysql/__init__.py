"""The side of MariaDB and MySQL of the port; read only when an address asks for it."""
