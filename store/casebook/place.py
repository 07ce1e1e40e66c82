"""Where a casebook in PostgreSQL really is, whatever name its server was called by."""

import sqlalchemy as sa

#: Server cluster, database and schema: two casebooks that have one of these in common are in one another's tables.
Place = tuple[str, str, str]

_HERE = """
select s.system_identifier::text, d.oid::text, n.nspname
from pg_control_system() as s, pg_database as d, unnest(current_schemas(false)) as n (nspname)
where d.datname = current_database()
"""


def places(url: str, wait_seconds: int = 5) -> frozenset[Place]:
    """The places where tables of a connection to ``url`` are seen; nothing is made.

    Args:
        url: an SQLAlchemy address of PostgreSQL.
        wait_seconds: how long to wait for the server.

    Raises:
        sqlalchemy.exc.DBAPIError: it can't be reached, or does not say.
    """
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": wait_seconds})
    try:
        with engine.connect() as con:
            return frozenset((server, database, schema) for server, database, schema in con.execute(sa.text(_HERE)))
    finally:
        engine.dispose()
