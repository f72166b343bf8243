"""Settings: what an operator chooses, read once from `ASSISTANT_*` environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.config import JsonDict
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from rapidfuzz import fuzz, process

from assistant.address import DatabaseUrl, Exit, HeaderName, Hosts, Mailbox, Networks, Origins, Page

PREFIX = "ASSISTANT_"
# Read by the test run, not by the programme.
_KNOWN_ELSEWHERE = frozenset({"ASSISTANT_REQUIRE_BROWSER"})


class SettingsError(Exception):
    """A setting that cannot be used: one line with its name, its value and the remedy."""


def _setting(
    default: Any, meaning: str, expects: str, shown: str | None = None, **rules: Any
) -> Any:
    extra: JsonDict = {"expects": expects}
    if shown is not None:
        extra["shown"] = shown
    chosen = {"default_factory": default} if callable(default) else {"default": default}
    return Field(**chosen, description=meaning, json_schema_extra=extra, **rules)


def _packaged_corpus() -> Path:
    return Path(str(files("corpus") / "documents"))


def _own_database(values: dict[str, Any]) -> SecretStr:
    return SecretStr(f"sqlite:///{values['data'] / 'assistant.sqlite3'}")


class Settings(BaseSettings):
    """Everything an operator can choose. Made by `load_settings`, handed down as an argument.

    `Settings(...)` itself never looks at the process's environment, so a test sees only what it
    gives.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", validate_default=True
    )

    data: Path = _setting(
        Path("var"), "Folder of everything that is written: database, documents, index.",
        "a folder", "var/",
    )  # fmt: skip
    corpus: Path = _setting(
        _packaged_corpus, "Folder of the documents to answer from.",
        "a folder that exists", "the packaged `corpus/documents`",
    )  # fmt: skip
    database_url: DatabaseUrl = _setting(
        _own_database, "Where questions are kept: an SQLite file or a PostgreSQL database.",
        "a URL such as sqlite:////var/lib/assistant/assistant.sqlite3"
        " or postgresql://user:password@host/name", "an SQLite file in `ASSISTANT_DATA`",
    )  # fmt: skip
    private_sources: Hosts = _setting(
        (), "Hosts that documents may be read from although they are not of the public internet,"
        " or at another port than 80 and 443; separated by commas.",
        "exact hosts such as intranet.univ.example or 10.0.0.5:8080, separated by commas", "none",
    )  # fmt: skip
    proxy: Exit | None = _setting(
        None, "Proxy through which sites are visited, where it is the only way out.",
        "an address such as http://proxy.univ.example:3128",
    )  # fmt: skip
    encoder: str = _setting(
        "embedded", "Turns text into vectors: `embedded`, or a sentence-transformers name or path.",
        "embedded, a model's name or a path", min_length=1,
    )  # fmt: skip
    without_encoder: Literal["lexical", "refuse"] = _setting(
        "lexical", "When the encoder cannot be opened: `lexical` answers by words alone, `refuse`"
        " answers 503.", "lexical or refuse",
    )  # fmt: skip
    origins: Origins = _setting(
        (), "Sites that may embed the widget, separated by commas.",
        "exact origins such as https://www.univ.example, separated by commas, without path or *",
        "none",
    )  # fmt: skip
    contact_label: str | None = _setting(
        None, "Whom the assistant refers to when the documentation is silent, as candidates read"
        " it.", "a short name such as Scolarité", max_length=120,
    )  # fmt: skip
    contact_email: Mailbox | None = _setting(
        None, "E-mail address of that contact.", "an e-mail address"
    )
    contact_url: Page | None = _setting(
        None, "Page of that contact.", "an address that begins with https:// or http://"
    )
    privacy_url: Page | None = _setting(
        None, "Page with your privacy notice; linked beside the question field.",
        "an address that begins with https:// or http://",
    )  # fmt: skip
    host: str = _setting("127.0.0.1", "Address to listen on.", "an address", min_length=1)
    port: int = _setting(
        8000, "Port to listen on.", "a whole number from 0 to 65535", ge=0, le=65535
    )
    proxies: Networks = _setting(
        (), "Reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed:"
        " addresses or networks, separated by commas.",
        "addresses or networks such as 10.0.0.5,10.1.0.0/16", "none",
    )  # fmt: skip
    staff_header: HeaderName | None = _setting(
        None, "Header in which these proxies name who signed in at the university; the name is that"
        " of a staff account.", "a header's name such as X-Remote-User",
    )  # fmt: skip
    questions_per_minute: int = _setting(
        60, "Questions a minute from one address.", "a whole number from 1", ge=1
    )
    key_questions_per_minute: int = _setting(
        600, "Questions a minute with one key of a site's back end.", "a whole number from 1", ge=1
    )
    retention_days: int = _setting(
        90, "Days after which `purge` erases a question.", "a whole number from 1 to 3650",
        ge=1, le=3650,
    )  # fmt: skip
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "info", "Least serious event that is logged.", "debug, info, warning or error"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Values come from `load_settings` alone, which also refuses the names nobody knows."""
        return (init_settings,)

    @field_validator("data")
    @classmethod
    def _writable_place(cls, value: Path) -> Path:
        if value.exists() and not value.is_dir():
            raise ValueError("it is a file")
        # The working directory may change later; the place that was meant must not.
        return value.expanduser().absolute()

    @field_validator("corpus")
    @classmethod
    def _existing_folder(cls, value: Path) -> Path:
        value = value.expanduser().absolute()
        if not value.is_dir():
            raise ValueError("there is no such folder")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; an empty variable counts as absent.

    A secret may also come as the path of a file, in the variable with `_FILE` behind its name.
    Raises SettingsError.
    """
    environ = os.environ if environ is None else environ
    names = {PREFIX + field.upper(): field for field in Settings.model_fields}
    values: dict[str, Any] = {}
    for name in sorted(name for name in environ if name.startswith(PREFIX)):
        if name in _KNOWN_ELSEWHERE:
            continue
        field = names.get(name.removesuffix("_FILE") if _is_secret_file(name, names) else name)
        if field is None:
            raise SettingsError(_unknown(name, names))
        if not environ[name].strip():
            continue
        if field in values:
            raise SettingsError(f"{name} and {PREFIX}{field.upper()} are both set: keep one")
        from_file = name not in names
        values[field] = _read_secret(name, environ[name]) if from_file else environ[name].strip()
    try:
        return Settings(**values)
    except ValidationError as error:
        message = _malformed(error, values)
    # Outside the handler, so that no chained error repeats a secret.
    raise SettingsError(message)


def settings_table() -> list[tuple[str, str, str]]:
    """Each variable with its default and its meaning, for the README."""
    rows = []
    for field, info in Settings.model_fields.items():
        extra = info.json_schema_extra
        assert isinstance(extra, dict)
        shown = extra.get("shown", "none" if info.default is None else str(info.default))
        rows.append((PREFIX + field.upper(), str(shown), info.description or ""))
    return rows


def _is_secret_file(name: str, names: Mapping[str, str]) -> bool:
    field = names.get(name.removesuffix("_FILE"))
    return name.endswith("_FILE") and field is not None and _is_secret(field)


def _is_secret(field: str) -> bool:
    # Annotations are resolved by pydantic, so this is the class itself.
    return Settings.model_fields[field].annotation is SecretStr


def _read_secret(name: str, path: str) -> str:
    try:
        return Path(path.strip()).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"{name}={_short(path)} cannot be read: give the path of a text file"
        ) from None


def _unknown(name: str, names: Mapping[str, str]) -> str:
    known = [*names, *(name + "_FILE" for name in names if _is_secret(names[name]))]
    # Without the prefix, which would make any two names look alike.
    near = process.extractOne(
        name,
        known,
        scorer=fuzz.ratio,
        processor=lambda text: text.removeprefix(PREFIX),
        score_cutoff=65,
    )
    remedy = f"did you mean {near[0]}?" if near else "remove it, or see the settings in the README"
    return f"{name} is not a setting: {remedy}"


def _malformed(error: ValidationError, values: Mapping[str, Any]) -> str:
    first = error.errors()[0]
    field = str(first["loc"][0])
    extra = Settings.model_fields[field].json_schema_extra
    assert isinstance(extra, dict)
    shown = "" if _is_secret(field) else f"={_short(values.get(field, ''))}"
    reason = first.get("ctx", {}).get("error")
    because = f" ({reason})" if isinstance(reason, ValueError) and not _is_secret(field) else ""
    return f"{PREFIX}{field.upper()}{shown} cannot be used{because}: give {extra['expects']}"


def _short(value: str) -> str:
    return repr(value if len(value) <= 80 else value[:79] + "…")
