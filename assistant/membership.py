"""Membership: the commands that make staff accounts, close them and give them tokens."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import console
from assistant.member import Role
from assistant.mistake import Mistake

if TYPE_CHECKING:
    from assistant.account import Account
    from assistant.settings import Settings
    from assistant.staff import Staff

staff = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Accounts of staff, who answer what the documentation leaves open.",
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
Password = Annotated[
    str | None,
    typer.Option(help="At least 12 characters; asked for when it is left out.", metavar="PASSWORD"),
]


@staff.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What they may do.")],
    password: Password = None,
    without_password: Annotated[
        bool,
        typer.Option("--without-password", help="For the university's own sign-in only."),
    ] = False,
    programme: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="An editor's; may be repeated. All when left out."),
    ] = None,
    as_json: console.Json = False,
) -> None:
    """Make an account."""
    from assistant.account import checked

    if without_password and password is not None:
        raise Mistake("Give --password or --without-password, not both", code=2)
    name = console.argument(name)
    now = datetime.now(UTC)
    programmes = [console.argument(each) for each in programme] if programme else None
    checked(name, role, programmes, now)  # before a password is asked for
    chosen = None if without_password else _chosen(password)
    account = _open().accounts.add(name, role, chosen, now, _by(), programmes)
    if as_json:
        console.print_json(_described(account))
    else:
        typer.echo(f"{account.name} may sign in as {account.role}.")


@staff.command("list")
def list_accounts(as_json: console.Json = False) -> None:
    """Show who has an account."""
    found = _open().accounts.all()
    if as_json:
        console.print_json({"accounts": [_described(each) for each in found]})
        return
    for each in found:
        programmes = f" of {', '.join(each.programmes)}" if each.programmes else ""
        disabled = f", disabled {each.disabled_at:%Y-%m-%d}" if each.disabled_at else ""
        local = "" if each.local else ", without password"
        typer.echo(
            f"{each.name}: {each.role}{programmes}, added {each.added_at:%Y-%m-%d}{local}{disabled}"
        )


@staff.command()
def disable(name: Name, as_json: console.Json = False) -> None:
    """Close an account; it is out at its next request."""
    _open().accounts.disable(console.argument(name), datetime.now(UTC), _by())
    _tell(as_json, {"disabled": _shown(name)}, f"{_shown(name)} may not sign in any more.")


@staff.command()
def enable(name: Name, as_json: console.Json = False) -> None:
    """Open a disabled account again."""
    _open().accounts.enable(console.argument(name), datetime.now(UTC), _by())
    _tell(as_json, {"enabled": _shown(name)}, f"{_shown(name)} may sign in again.")


@staff.command("password")
def change_password(name: Name, password: Password = None, as_json: console.Json = False) -> None:
    """Give another password; open sessions and tokens end."""
    from assistant.account import AccountError

    people = _open().accounts
    name = console.argument(name)
    if people.named(name) is None:
        said = f"{_shown(name)!r} has no account: see `assistant staff list`"
        raise AccountError("unknown", said)
    people.set_password(name, _chosen(password), datetime.now(UTC), _by())
    _tell(as_json, {"changed": _shown(name)}, f"{_shown(name)} has another password.")


@staff.command()
def token(name: Name, as_json: console.Json = False) -> None:
    """Make a token for programs, with the account's rights, and show it, this once."""
    opened = _open()
    account = opened.accounts.named(console.argument(name))
    wanted = account.name if account else _shown(name)
    secret = opened.tokens.add(wanted, datetime.now(UTC), _by())
    if as_json:
        console.print_json({"token": secret})
        return
    typer.echo(secret)
    console.complain("It is not shown again. Send it as: Authorization: Bearer TOKEN")


def invite(settings: Settings) -> str | None:
    """A code that makes the first administrator; None when there is an account."""
    from assistant.store import StaffUnavailable

    try:
        return _over(settings).invitations.make(datetime.now(UTC))
    except StaffUnavailable as error:
        console.complain(f"note: no code for the first staff account: {error}")
        return None


def _chosen(password: str | None) -> str:
    from assistant.password import LEAST, PasswordError

    if password is None:
        if not sys.stdin.isatty():
            # Piped in by a script: nobody is there to be asked twice.
            password = sys.stdin.readline().rstrip("\n")
            if not password:
                raise Mistake("There is no terminal to ask for the password: give --password")
        else:
            password = typer.prompt(
                f"Password ({LEAST} characters or more)", hide_input=True,
                confirmation_prompt="Once more", err=True,
            )  # fmt: skip
    password = console.argument(str(password))
    if len(password) < LEAST:
        raise PasswordError(f"the password is too short: give {LEAST} characters or more")
    return password


def _open() -> Staff:
    from assistant.database import connect, migrate

    settings = console.read_settings()
    migrate(connect(settings.database_url.get_secret_value()))
    return _over(settings)


def _over(settings: Settings) -> Staff:
    from assistant.database import connect
    from assistant.staff import staff_of

    return staff_of(connect(settings.database_url.get_secret_value()))


def _by() -> str:
    from assistant.audit import TERMINAL

    return TERMINAL


def _shown(name: str) -> str:
    return " ".join(console.argument(name).split())


def _described(account: Account) -> dict[str, Any]:
    described = asdict(account)
    described["programmes"] = None if account.programmes is None else [*account.programmes]
    for each in ("added_at", "disabled_at"):
        described[each] = described[each].isoformat() if described[each] else None
    return described


def _tell(as_json: bool, value: dict[str, str], sentence: str) -> None:
    if as_json:
        console.print_json(value)
    else:
        typer.echo(sentence)
