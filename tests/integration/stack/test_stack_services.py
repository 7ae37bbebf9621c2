"""The two servers: real, private, found again after a kill."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from stack.errors import StackError
from stack.records import start_mark
from stack.services import Postgres, Valkey
from stack.settings import ROOT
from tests.support.waiting import all_end, watch


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Postgres]:
    server = Postgres(tmp_path / "postgres")
    yield server
    server.remove()


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    server = Valkey(tmp_path / "valkey")
    yield server
    server.stop()


def test_facts_in_postgres_survive_a_sigkill(postgres: Postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE fact (text text)")
        connection.execute("INSERT INTO fact VALUES ('Truus is well')")

    postgres.kill()
    assert postgres.pid is None
    postgres.start()

    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT text FROM fact").fetchall() == [("Truus is well",)]


def test_postgres_speaks_utc_and_knows_dutch_capitals_and_no_network(postgres: Postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        answer = connection.execute(
            "SELECT current_setting('timezone'), current_setting('listen_addresses'), "
            "current_setting('fsync'), upper('één')"
        ).fetchone()
    assert answer == ("UTC", "", "on", "ÉÉN")


def test_a_refused_row_leaves_no_personal_data_in_the_log(postgres: Postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE line (number text PRIMARY KEY)")
        connection.execute("INSERT INTO line VALUES ('+31600000001')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO line VALUES ('+31600000001')")
    assert "+31600000001" not in postgres.log.read_text()


def test_a_second_start_in_the_same_directory_is_refused_by_name(postgres: Postgres, tmp_path: Path) -> None:
    postgres.start()
    with pytest.raises(StackError, match=f"in use by process {os.getpid()}"):
        Postgres(tmp_path / "postgres").start()


def test_a_long_path_does_not_break_the_socket(tmp_path: Path) -> None:
    with Postgres(tmp_path / ("a-very-long-name-" * 8)) as server:
        psycopg.connect(server.url).close()
    server.remove()


def test_data_of_another_major_version_are_refused_with_the_way_out(postgres: Postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    postgres.stop()
    (Path(row[0]) / "PG_VERSION").write_text("9\n")
    with pytest.raises(StackError, match=r"made by Postgres 9.*make clean"):
        postgres.start()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(postgres: Postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    postgres.stop()
    (Path(row[0]) / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(StackError, match=r"(?s)did not start.*no_such_setting"):
        postgres.start()


def test_valkey_wants_its_password_and_never_evicts(valkey: Valkey) -> None:
    valkey.start()
    client = redis.Redis.from_url(valkey.url)
    assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    stranger = redis.Redis.from_url(f"redis://127.0.0.1:{client.connection_pool.connection_kwargs['port']}/0")
    with pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_valkey_comes_back_empty_where_its_clients_know_it(valkey: Valkey) -> None:
    valkey.start()
    url = valkey.url
    client = redis.Redis.from_url(url)
    client.set("nudge", "look")

    valkey.kill()
    with pytest.raises(redis.ConnectionError):
        client.ping()
    valkey.start()

    assert valkey.url == url
    assert client.get("nudge") is None


def test_valkey_says_so_when_somebody_took_its_port_meanwhile(valkey: Valkey) -> None:
    valkey.start()
    port = redis.Redis.from_url(valkey.url).connection_pool.connection_kwargs["port"]
    valkey.kill()
    with socket.create_server(("127.0.0.1", port)), pytest.raises(StackError, match="Valkey did not start"):
        valkey.start()


def test_an_orphan_of_a_killed_run_is_stopped_and_its_data_are_taken_over(tmp_path: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", _OWNER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    orphan = int(owner.stdout.readline())
    # Frozen, it cannot follow the kernel's request to stop when its owner dies: a true orphan.
    os.kill(orphan, signal.SIGSTOP)
    owner.kill()
    owner.wait()
    assert start_mark(orphan) is not None
    os.kill(orphan, signal.SIGCONT)

    with Postgres(tmp_path) as server:
        assert start_mark(orphan) is None
        psycopg.connect(server.url).close()
    server.remove()


def test_servers_do_not_outlive_the_process_that_started_them(tmp_path: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", _OWNER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    watched = watch([pid])
    owner.kill()
    owner.wait()
    all_end(watched)
    Postgres(tmp_path).remove()


_OWNER = """
import signal, sys, pathlib
from stack.services import Postgres
server = Postgres(pathlib.Path(sys.argv[1]))
server.start()
print(server.pid, flush=True)
signal.pause()
"""
