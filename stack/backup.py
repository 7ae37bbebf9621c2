"""Backups of the database, and putting one back: `make backup`, `make restore FILE=…`.

The standard tools do the work, on this machine (those of the Postgres wheel, else those on the PATH) or inside the
compose project's own Postgres. All facts are in Postgres; Redis needs no backup.
"""

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from stack import place
from stack.errors import StackError

MAGIC = b"PGDMP"
"""How the custom format of pg_dump begins."""

_SECONDS = 3600.0


@dataclass(frozen=True)
class Database:
    """A database and the way to its tools. `name` is the database's; `server` the arguments that reach its server."""

    name: str
    server: tuple[str, ...]
    prefix: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(
        self,
        tool: str,
        *arguments: str,
        database: str | None = None,
        source: Path | None = None,
        target: Path | None = None,
    ) -> str:
        """Run one of Postgres's tools; returns what it printed. Raises StackError with its own last words."""
        at = () if database is None else self._at(database)
        command = [*self.prefix, tool if self.prefix else _tool(tool), *at, *arguments]
        with (source or Path(os.devnull)).open("rb") as given, (target or Path(os.devnull)).open("wb") as taken:
            try:
                done = subprocess.run(
                    command,
                    stdin=given,
                    stdout=taken if target else subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env={**os.environ, **self.environment},
                    timeout=_SECONDS,
                    check=False,
                )
            except OSError as error:
                raise StackError(f"{command[0]} cannot be run on this machine: {error.strerror}.") from error
        if done.returncode:
            raise StackError(f"{tool} failed:\n{done.stderr.decode(errors='replace')[-1500:].strip()}")
        return "" if done.stdout is None else done.stdout.decode()

    def ask(self, sentence: str, *, database: str | None = None) -> str:
        """Run SQL and return the bare answer."""
        return self.run(
            "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sentence, database=database or self.name
        ).strip()

    def _at(self, database: str) -> tuple[str, ...]:
        return tuple(part.replace("{database}", quote(database, safe="")) for part in self.server)


def at_address(url: str) -> Database:
    """The database of a DATABASE_URL. Its password goes by the environment, where `ps` does not show it."""
    parts = urlsplit(url)
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    host = parts.netloc.rpartition("@")[2]
    address = urlunsplit(
        ("postgresql", f"{user}@{host}" if user else host, "/{database}", parts.query, parts.fragment)
    ).replace("%7Bdatabase%7D", "{database}")
    secret = unquote(password) or os.environ.get("RONDJE_DATABASE_PASSWORD", "")
    return Database(
        name=unquote(parts.path.lstrip("/")) or "rondje",
        server=("-d", address),
        environment={"PGPASSWORD": secret} if secret else {},
    )


def in_compose(compose: str) -> Database:
    """The database of the compose project in this directory; `compose` is "docker compose" or "podman-compose"."""
    return Database(
        name="rondje",
        server=("-U", "rondje", "-d", "{database}"),
        prefix=(*shlex.split(compose), "exec", "-T", "postgres"),
    )


def back_up(database: Database, file: Path, *, passphrase: Path | None = None) -> Path:
    """Write the whole database into `file` (mode 0600), encrypted when a file with a passphrase is named.

    The file has its name only when it is complete. Raises StackError.
    """
    if passphrase is not None:
        _gpg_here()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part, sealed = _only_ours(file, "part"), _only_ours(file, "sealed")
    try:
        database.run("pg_dump", "-Fc", "--no-owner", "--no-privileges", database=database.name, target=part)
        if not _is_a_dump(part):
            raise StackError("pg_dump wrote something that is not a backup. Nothing has been kept.")
        if passphrase is not None:
            _gpg("--symmetric", "--cipher-algo", "AES256", source=part, target=sealed, passphrase=passphrase)
        (part if passphrase is None else sealed).replace(file)
    finally:
        part.unlink(missing_ok=True)
        sealed.unlink(missing_ok=True)
    return file


def restore(
    database: Database, file: Path, *, force: bool = False, passphrase: Path | None = None, tell: Callable[[str], None]
) -> None:
    """Put a backup into the database. All of it or nothing.

    One that holds tables is left alone unless `force` is given; then it is kept beside the restored one under another
    name. The two change names at once: whatever fails, there is a database of that name. Raises StackError.
    """
    if not file.is_file():
        raise StackError(f"There is no backup {file}.")
    if _is_a_dump(file):
        _put_in(database, file, force=force, tell=tell)
        return
    if passphrase is None:
        raise StackError(f"{file} is no backup, or an encrypted one: name its passphrase's file in BACKUP_KEY.")
    plain = _only_ours(file, "plain")
    try:
        _gpg("--decrypt", source=file, target=plain, passphrase=passphrase)
        _put_in(database, plain, force=force, tell=tell)
    finally:
        plain.unlink(missing_ok=True)


def _put_in(database: Database, file: Path, *, force: bool, tell: Callable[[str], None]) -> None:
    tables = int(database.ask("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"))
    if not tables:
        _fill(database, database.name, file)
        return
    if not force:
        raise StackError(
            f"The database {database.name} is not empty ({tables} tables). Nothing has been changed. To put the backup "
            "in its place, stop everything that uses it and say FORCE=1; what is there now is kept beside it."
        )
    stamp = time.strftime("%Y%m%d_%H%M%S", time.gmtime())
    fresh, before = f"{database.name}_new_{stamp}", f"{database.name}_before_{stamp}"
    database.ask(f'CREATE DATABASE "{fresh}"', database="postgres")
    # Whoever is still connected would keep the old one under its name; they find the restored one when they reconnect.
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = "
    try:
        _fill(database, fresh, file)
        database.ask(f"{ends}'{database.name}'", database="postgres")
        aside = f'ALTER DATABASE "{database.name}" RENAME TO "{before}"'
        into_its_place = f'ALTER DATABASE "{fresh}" RENAME TO "{database.name}"'
        # Sent together, the two are one transaction.
        database.ask(f"{aside}; {into_its_place}", database="postgres")
    except StackError:
        database.ask(f'DROP DATABASE IF EXISTS "{fresh}" WITH (FORCE)', database="postgres")
        raise
    tell(f"What was there is kept as {before}; drop it when it is not needed any more.")


def _fill(database: Database, name: str, file: Path) -> None:
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    database.run("pg_restore", *options, database=name, source=file)


def _is_a_dump(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def _only_ours(file: Path, ending: str) -> Path:
    """An empty file beside this one that nobody else may read."""
    made = file.with_name(f"{file.name}.{ending}")
    made.unlink(missing_ok=True)
    made.touch(mode=0o600)
    return made


def _gpg_here() -> str:
    tool = shutil.which("gpg")
    if tool is None:
        raise StackError("Encryption needs gpg, which this machine does not have. Install it (apt install gnupg).")
    return tool


def _gpg(*arguments: str, source: Path, target: Path, passphrase: Path) -> None:
    options = ["--batch", "--yes", "--quiet", "--pinentry-mode", "loopback", "--passphrase-file", str(passphrase)]
    command = [_gpg_here(), *options, *arguments]
    with source.open("rb") as given, target.open("wb") as taken:
        done = subprocess.run(command, stdin=given, stdout=taken, stderr=subprocess.PIPE, timeout=_SECONDS, check=False)
    if done.returncode:
        raise StackError(f"gpg refused: {done.stderr.decode(errors='replace').strip()}")


def _tool(name: str) -> str:
    """The wheel's tool, which is as new as its server, else the one on the PATH."""
    with_wheel = place.installed_tool(name)
    found = str(with_wheel) if with_wheel is not None else shutil.which(name)
    if found is None:
        raise StackError(f"There is no {name} on this machine. Install Postgres's client tools.")
    return found
