"""Access: the commands that give and withdraw the keys of back ends."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import console

if TYPE_CHECKING:
    from assistant.keyring import KeyRing

keys = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Keys that a site's back ends ask with, each with a limit of its own.",
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose it is.")]


@keys.command()
def add(name: Name, as_json: console.Json = False) -> None:
    """Make a key and show it, this once."""
    secret = _ring().add(console.argument(name), datetime.now(UTC))
    if as_json:
        console.print_json({"name": " ".join(name.split()), "key": secret})
        return
    typer.echo(secret)
    console.complain("It is not shown again. Send it as: Authorization: Bearer KEY")


@keys.command("list")
def list_keys(as_json: console.Json = False) -> None:
    """Show who has a key, and who had one."""
    back_ends = _ring().back_ends()
    if as_json:
        listed = [
            {name: value.isoformat() if isinstance(value, datetime) else value
             for name, value in asdict(each).items()}
            for each in back_ends
        ]  # fmt: skip
        console.print_json({"keys": listed})
        return
    for each in back_ends:
        revoked = f", revoked {each.revoked_at:%Y-%m-%d}" if each.revoked_at else ""
        typer.echo(f"{each.name}: added {each.added_at:%Y-%m-%d}{revoked}")


@keys.command()
def revoke(name: Name, as_json: console.Json = False) -> None:
    """Withdraw a key; it stops at its next request."""
    _ring().revoke(console.argument(name), datetime.now(UTC))
    if as_json:
        console.print_json({"revoked": " ".join(name.split())})
    else:
        typer.echo(f"The key of {' '.join(name.split())} opens nothing any more.")


def _ring() -> KeyRing:
    from assistant.database import connect, migrate
    from assistant.keyring import KeyRing

    engine = connect(console.read_settings().database_url.get_secret_value())
    migrate(engine)
    return KeyRing(engine)
