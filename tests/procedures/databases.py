"""Databases of their own on the PostgreSQL server the tests run on."""

from django.db import connection, connections


def empty_database(name):
    """The URL of a database of that name with nothing in it."""
    import psycopg

    params = connection.get_connection_params()
    login = {k: params[k] for k in ("host", "port", "user", "password") if params.get(k)}
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
        admin.execute(f"CREATE DATABASE {name}")
    settings = connections["default"].settings_dict
    login_part = ":".join(filter(None, [settings["USER"], settings["PASSWORD"]]))
    server = f"{settings['HOST'] or 'localhost'}:{settings['PORT'] or 5432}"
    return f"postgres://{login_part}@{server}/{name}"
