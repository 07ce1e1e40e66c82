"""The only room that opens a database: the warehouse (DuckDB) and the casebook (SQLAlchemy)."""
