"""The SQLite engine: connections, errors, migrations, paths and live processes."""
