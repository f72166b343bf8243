"""A store: what the tables of staff are read and written through, outages told apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.database import reading, writing


class StaffUnavailable(Exception):  # noqa: N818 - an outage, not a mistake
    """The database cannot be reached just now: nothing of staff can be looked up or changed."""


class Store:
    """Some tables of the database; every method of its kinds raises StaffUnavailable."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def read(self, query: Any) -> list[Any]:
        """The rows of a query."""
        with self.reading() as connection:
            return list(connection.execute(query).all())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state throughout."""
        try:
            with reading(self.engine) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StaffUnavailable(_first_line(error)) from None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept together, or not at all when the block raises."""
        try:
            with writing(self.engine) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StaffUnavailable(_first_line(error)) from None


def _first_line(error: SQLAlchemyError) -> str:
    # PostgreSQL goes on with the row itself.
    return str(getattr(error, "orig", None) or type(error).__name__).partition("\n")[0]
