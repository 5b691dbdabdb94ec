"""The services, and what a user may set about them: keys, addresses, pace. Keys never show in any text."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

from kgraph.errors import InputError

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)


class Secret:
    """A key; printing, formatting or comparing it shows nothing of it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the key itself, for the request alone."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "***" if self._value else "(no key)"


@dataclass(frozen=True, slots=True)
class Service:
    """A paper service: where it is, how fast we may ask, how it knows us.

    `interval` and `interval_with_key` are seconds between the starts of requests. `key_in` is the header or, after a
    question mark, the query parameter that carries the key; `key_form` is the header's value with {} for the key.
    """

    name: str
    title: str
    url: str
    interval: float
    interval_with_key: float
    variable: str = ""
    key_in: str = ""
    key_form: str = "{}"
    key: Secret = field(default_factory=lambda: Secret(""))

    @property
    def pace(self) -> float:
        """Seconds between the starts of two requests."""
        return self.interval_with_key if self.key else self.interval


SERVICES: dict[str, Service] = {
    service.name: service
    for service in (
        Service("hf", "Hugging Face", "https://huggingface.co", 0.5, 0.2, "HF_TOKEN", "Authorization", "Bearer {}"),
        # "no more than one request every three seconds" (arXiv API terms of use)
        Service("arxiv", "arXiv", "https://export.arxiv.org", 3.0, 3.0),
        Service("openalex", "OpenAlex", "https://api.openalex.org", 0.1, 0.1, "OPENALEX_API_KEY", "?api_key"),
        # without a key all users of the world share one limit; with one, a request a second
        Service("s2", "Semantic Scholar", "https://api.semanticscholar.org", 3.0, 1.0, "S2_API_KEY", "x-api-key"),
        Service("crossref", "Crossref", "https://api.crossref.org", 0.2, 0.1, "CROSSREF_PLUS_TOKEN",
                "Crossref-Plus-API-Token", "Bearer {}"),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What applies to this run: the services with keys and addresses, and an address to reach the user at."""

    services: Mapping[str, Service]
    email: str = ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """All keys in all forms in which a request may carry them, longest first."""
        keys = {service.key.reveal() for service in self.services.values() if service.key}
        return tuple(sorted({f for k in keys for f in (k, quote(k), quote(k, safe=""), quote_plus(k))}, key=len)[::-1])


def config_path(environ: Mapping[str, str]) -> Path:
    """Return where the configuration file is looked for: KGRAPH_CONFIG, else the user's configuration folder."""
    if given := environ.get("KGRAPH_CONFIG"):
        return Path(given)
    home = environ.get("XDG_CONFIG_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".config")
    return Path(home) / "kgraph" / "config.toml"


def cache_path(environ: Mapping[str, str]) -> Path:
    """Return where answers are kept: KGRAPH_CACHE, else the user's cache folder."""
    if given := environ.get("KGRAPH_CACHE"):
        return Path(given)
    home = environ.get("XDG_CACHE_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".cache")
    return Path(home) / "kgraph" / "http.sqlite"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings from the environment and the configuration file; the environment goes first.

    The file is TOML: `email = "..."`, and per service a table `[openalex]` with `key`, `url` and `interval` (seconds
    between requests). Raises InputError naming the file where it can't be used.
    """
    environ = os.environ if environ is None else environ
    path = config_path(environ)
    table = _table(path, explicit="KGRAPH_CONFIG" in environ)
    email = environ.get("KGRAPH_EMAIL") or table.get("email", "")
    if not isinstance(email, str) or (email and not _EMAIL.fullmatch(email)):
        raise InputError("email is no address of a mailbox", where=str(path), remedy='email = "you@example.org"')
    unknown = sorted(set(table) - set(SERVICES) - {"email"})
    if unknown:
        raise InputError(
            f"unknown entry {unknown[0]!r}", where=str(path), remedy=f"known: email, {', '.join(SERVICES)}"
        )
    services = {name: _service(service, table.get(name, {}), environ, path) for name, service in SERVICES.items()}
    return Settings(services, email)


def _table(path: Path, *, explicit: bool) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if explicit:
            raise InputError("there is no such file", where=str(path), remedy="see KGRAPH_CONFIG") from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"not TOML: {error}", where=str(path)) from None


def _service(service: Service, table: object, environ: Mapping[str, str], path: Path) -> Service:
    if not isinstance(table, Mapping):
        raise InputError(f"{service.name} must be a table", where=str(path), remedy=f"[{service.name}]")
    if unknown := sorted(set(table) - {"key", "url", "interval"}):
        raise InputError(f"unknown entry {service.name}.{unknown[0]}", where=str(path), remedy="key, url, interval")
    key = environ.get(service.variable) if service.variable else None
    key = str(table.get("key", "")) if key is None else key
    key = "".join(key.split())
    if not key.isprintable() or not key.isascii():
        raise InputError(f"the key of {service.name} is no plain text", where=service.variable or str(path))
    url = environ.get(f"KGRAPH_{service.name.upper()}_URL") or str(table.get("url", service.url))
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username:
        raise InputError(f"the address of {service.name} is no plain http(s) address", where=str(path))
    if key and parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise InputError(f"a key would travel to {parts.hostname} unencrypted", where=str(path), remedy="use https")
    interval = table.get("interval")
    if interval is None:
        return replace(service, url=url.rstrip("/"), key=Secret(key))
    if isinstance(interval, bool) or not isinstance(interval, (int, float)) or not 0 <= interval < 3600:
        raise InputError(f"{service.name}.interval must be seconds", where=str(path))
    return replace(
        service, url=url.rstrip("/"), key=Secret(key), interval=float(interval), interval_with_key=float(interval)
    )
