"""Tables, repositories, migrations and backups: everything that touches SQLite."""
