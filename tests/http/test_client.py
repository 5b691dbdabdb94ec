"""One door to the network: what comes back, from where, and what happens when nothing good comes."""

import json
import logging
import socket
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import NoReturn

import pytest

from kgraph.errors import InputError, KgraphError
from kgraph.http import (
    AnswerError,
    Budget,
    BudgetError,
    LimitedError,
    Limits,
    OfflineError,
    RedirectError,
    RefusedError,
    UnreachableError,
    load_settings,
)
from tests.fetch.replay import Asked, FakeClock, Reply, Server, opened, say, zipped

GOOD = say({"results": [1, 2]})


def test_an_answer_is_asked_for_once(server: Server, tmp_path: Path) -> None:
    server.then(GOOD)
    with opened(server, tmp_path) as client:
        first = client.get("/works", {"filter": "a", "cursor": "*"})
        second = client.get("/works", {"cursor": "*", "filter": "a"})
        assert first.json() == second.json() == {"results": [1, 2]}
        assert (first.cached, second.cached) == (False, True)
        client.get("/works", {"filter": "b"})
    assert server.count == 2
    with opened(server, tmp_path, offline=True) as client:
        assert client.get("/works", {"filter": "a", "cursor": "*"}).json() == {"results": [1, 2]}
        with pytest.raises(OfflineError, match="not in the cache"):
            client.get("/works", {"filter": "c"})
    assert server.count == 2


def test_answers_expire_but_serve_offline(server: Server, tmp_path: Path) -> None:
    server.then(GOOD)
    with opened(server, tmp_path) as client:
        client.get("/works", keep=timedelta(days=-1))
        client.get("/works", keep=timedelta(days=-1))
    assert server.count == 2
    with opened(server, tmp_path, offline=True) as client:
        assert client.get("/works").json() == {"results": [1, 2]}


def test_refresh_asks_again(server: Server, tmp_path: Path) -> None:
    server.then(GOOD, say({"results": [3]}))
    with opened(server, tmp_path) as client:
        client.get("/works")
    with opened(server, tmp_path, refresh=True) as client:
        assert client.get("/works").json() == {"results": [3]}
    with opened(server, tmp_path) as client:
        assert client.get("/works").json() == {"results": [3]}


def test_a_batch_question_is_kept_by_its_body(server: Server, tmp_path: Path) -> None:
    server.when("/batch", lambda asked: say(asked.json()["ids"]))
    with opened(server, tmp_path, "s2") as client:
        for ids in (["a", "b"], ["a", "b"], ["b", "a"], ["a"]):
            assert client.post("/batch", {"fields": "title"}, {"ids": ids}).json() == ids
    assert [a.json()["ids"] for a in server.asked] == [["a", "b"], ["b", "a"], ["a"]]


def test_a_miss_is_remembered(server: Server, tmp_path: Path) -> None:
    server.then(Reply(404, b"Resource not found.", "text/plain"))
    with opened(server, tmp_path, "crossref") as client:
        assert client.get("/works/10.1/x", absent=True).missing
        again = client.get("/works/10.1/x", absent=True)
        assert again.missing
        assert again.cached
        with pytest.raises(RefusedError, match="404"):
            client.get("/works/10.1/x")
    assert server.count == 1


def test_a_compressed_answer_is_read_and_kept(server: Server, tmp_path: Path) -> None:
    server.then(zipped({"title": "Größe ✓"}))
    with opened(server, tmp_path) as client:
        assert client.get("/x").json() == client.get("/x").json() == {"title": "Größe ✓"}
    assert server.count == 1


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_limit_is_waited_for_in_both_forms(server: Server, tmp_path: Path, form: str) -> None:
    clock = FakeClock()
    said = "40" if form == "seconds" else format_datetime(clock.time + timedelta(seconds=40), usegmt=True)
    server.then(say({"error": "slow down"}, 429, Retry_After=said), GOOD)
    with opened(server, tmp_path, clock=clock) as client:
        assert client.get("/works").json() == {"results": [1, 2]}
        assert client.usage.retries == 1
    assert max(clock.slept) == pytest.approx(40, abs=0.1)


def test_a_limit_of_hours_is_a_state_not_a_wait(server: Server, tmp_path: Path) -> None:
    clock = FakeClock()
    server.then(say({"error": "Rate limit exceeded"}, 429, Retry_After="7200"))
    with opened(server, tmp_path, clock=clock) as client, pytest.raises(LimitedError) as caught:
        client.get("/works")
    assert caught.value.wait == 7200
    assert "until 2026-03-02 00:00 UTC" in str(caught.value)
    assert "set OPENALEX_API_KEY" in str(caught.value)
    assert server.count == 1
    assert sum(clock.slept) < 1


def test_a_limit_without_a_date_ends_after_some_tries(server: Server, tmp_path: Path) -> None:
    server.then(say({"message": "Too Many Requests"}, 429))
    clock = FakeClock()
    with opened(server, tmp_path, "s2", clock=clock) as client, pytest.raises(LimitedError, match="Too Many"):
        client.get("/x")
    assert server.count == 4
    assert client.usage.retries == 3
    assert 6 < sum(clock.slept) < 30  # three back-offs, each no sooner than the pace allows


BROKEN = {
    "500": Reply(500, b"oops", "text/plain"),
    "503": Reply(503, b"<html>maintenance</html>", "text/html"),
    "reset": Reply(reset=True),
    "cut short of its length": Reply(200, b'{"results": [1, 2]}', cut=5),
    "cut where no length was said": Reply(200, b'{"results": [1, 2', bare=True),
    "a page instead of JSON": Reply(200, b"<!DOCTYPE html><html>sign in</html>", "text/html"),
    "a page that says it is JSON": Reply(200, b"<html>", "application/json"),
    "another kind": Reply(200, b"\x89PNG", "image/png"),
    "broken compression": Reply(200, b"not gzip", headers={"Content-Encoding": "gzip"}),
    "silence": Reply(200, b'{"a": "0123456789"}', pause=1.0),
    "nothing": Reply(200, b""),
}


@pytest.mark.parametrize("trouble", BROKEN)
def test_what_breaks_once_is_asked_again(server: Server, tmp_path: Path, trouble: str) -> None:
    server.then(BROKEN[trouble], GOOD)
    limits = Limits(connect=2, silence=0.5, whole=1.0, most=1000, tries=4)
    with opened(server, tmp_path, limits=limits) as client:
        assert client.get("/works").json() == {"results": [1, 2]}
        assert client.usage.retries == 1
        assert client.get("/works").cached


@pytest.mark.parametrize("trouble", ["500", "reset", "a page instead of JSON", "cut short of its length"])
def test_what_stays_broken_is_told_and_not_kept(server: Server, tmp_path: Path, trouble: str) -> None:
    server.then(BROKEN[trouble])
    with opened(server, tmp_path) as client, pytest.raises(UnreachableError, match="4 times over"):
        client.get("/works")
    assert server.count == 4
    with opened(server, tmp_path, offline=True) as client, pytest.raises(OfflineError):
        client.get("/works")


def test_slow_but_whole_is_cut_off_in_the_end(server: Server, tmp_path: Path) -> None:
    server.then(Reply(200, b'{"a": "' + b"0" * 400 + b'"}', pause=0.1))
    limits = Limits(connect=2, silence=2, whole=0.3, tries=1)
    with opened(server, tmp_path, limits=limits) as client, pytest.raises(UnreachableError, match="too slowly"):
        client.get("/works")


def test_a_huge_answer_is_cut_off(server: Server, tmp_path: Path) -> None:
    huge = json.dumps({"a": "0" * 5_000_000}).encode()
    for reply in (Reply(200, huge), zipped({"a": "0" * 5_000_000})):
        server.then(reply)
        with opened(server, tmp_path) as client, pytest.raises(AnswerError, match=r"larger than 0\.2 MB"):
            client.get("/works")
    assert server.count == 2


def test_redirects_elsewhere_are_refused(server: Server, tmp_path: Path) -> None:
    for target in ("http://example.org/works", "https://127.0.0.1/works", "//evil.test/", "file:///etc/passwd", ""):
        server.then(Reply(302, headers={"Location": target} if target else {}))
        with opened(server, tmp_path) as client, pytest.raises(RedirectError, match="redirects"):
            client.get("/works")
    with Server() as other:
        other.then(GOOD)
        server.then(Reply(307, headers={"Location": f"{other.url}/works"}))
        with opened(server, tmp_path) as client, pytest.raises(RedirectError, match=other.url):
            client.get("/works")
        assert other.count == 0


def test_redirects_within_the_service_are_followed_but_not_for_ever(server: Server, tmp_path: Path) -> None:
    server.when("/old", Reply(301, headers={"Location": "/works/W2"}))
    server.when("/works", GOOD)
    server.when("/loop", Reply(302, headers={"Location": "/loop"}))
    with opened(server, tmp_path, environ={"OPENALEX_API_KEY": "k3y"}) as client:
        assert client.get("/old").json() == {"results": [1, 2]}
        assert server.asked[-1].params == {"api_key": "k3y"}
        with pytest.raises(RedirectError, match="more than 3 times"):
            client.get("/loop")


def test_a_refusal_says_what_the_service_said(server: Server, tmp_path: Path) -> None:
    server.then(say({"error": "Unrecognized or unsupported fields: [unknown]"}, 400))
    with opened(server, tmp_path, "s2") as client, pytest.raises(RefusedError, match=r"400, Unrecognized.*unknown"):
        client.get("/x")
    server.then(say({"message": "Forbidden"}, 403))
    with opened(server, tmp_path, "s2") as client, pytest.raises(RefusedError, match="check S2_API_KEY"):
        client.get("/x")
    assert server.count == 2


def test_the_pace_of_a_service_is_kept(server: Server, tmp_path: Path) -> None:
    server.then(GOOD)
    clock = FakeClock()
    with opened(server, tmp_path, "arxiv", clock=clock) as client:
        for n in range(4):
            client.get("/api/query", {"start": str(n)})
        client.get("/api/query", {"start": "0"})
    assert len(clock.slept) == 3
    assert all(2.5 < seconds <= 3 for seconds in clock.slept)


def test_money_is_counted_and_not_overspent(server: Server, tmp_path: Path) -> None:
    costs = {"X_RateLimit_Cost_USD": "0.001", "X_RateLimit_Remaining_USD": "0.0995"}
    server.then(say({}, 200, **costs))
    with opened(server, tmp_path, budget=Budget(most=0.0035)) as client:
        for n in range(3):
            client.get("/works", {"n": str(n)})
        with pytest.raises(BudgetError, match=r"\$0\.0030 of the budget"):
            client.get("/works", {"n": "3"})
        client.get("/works", {"n": "0"})  # what the cache has costs nothing
    assert server.count == 3
    server.then(say({}, X_RateLimit_Cost_USD="0.001", X_RateLimit_Remaining_USD="0.0005"))
    with opened(server, tmp_path) as client:
        client.get("/works", {"n": "4"})
        with pytest.raises(BudgetError, match="allowance"):
            client.get("/works", {"n": "5"})


KEY = "s3cr3t+Key/42"


@pytest.mark.parametrize("name", ["openalex", "s2", "hf", "crossref"])
def test_a_key_reaches_the_service_and_nothing_else(
    server: Server, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    echo = say({"error": f"bad key {KEY} %s" % KEY.replace("+", "%2B").replace("/", "%2F")}, 400)

    def rule(asked: Asked) -> Reply:
        seen = KEY in "".join(asked.headers.values()) or asked.params.get("api_key") == KEY
        assert seen
        return echo if asked.path == "/bad" else GOOD

    server.when("/", rule)
    variable = {"openalex": "OPENALEX_API_KEY", "s2": "S2_API_KEY", "hf": "HF_TOKEN", "crossref": "CROSSREF_PLUS_TOKEN"}
    said: list[str] = []
    with (
        caplog.at_level(logging.DEBUG),
        opened(server, tmp_path, name, environ={variable[name]: KEY}, notify=said.append) as client,
    ):
        client.get("/works", {"filter": "a"})
        with pytest.raises(RefusedError) as caught:
            client.get("/bad")
        said += [str(caught.value), repr(client), repr(client.settings), str(client.service)]
    said += [record.getMessage() for record in caplog.records]
    said += [path.read_bytes().decode("latin-1") for path in tmp_path.glob("cache*")]
    assert "GET /works" in "".join(said)  # urllib3 does log addresses
    forms = (KEY, KEY.replace("+", "%2B"), KEY.replace("+", "%2B").replace("/", "%2F"))
    assert not [text for text in said if any(form in text for form in forms)]
    with opened(server, tmp_path, name, offline=True) as client:  # and the cache serves without a key
        assert client.get("/works", {"filter": "a"}).cached


def test_settings_come_from_a_file_and_the_environment_goes_first(tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text('email = "me@example.org"\n[s2]\nkey = "fromfile"\ninterval = 0.25\n[openalex]\nkey = "o"\n')
    found = load_settings({"KGRAPH_CONFIG": str(config), "S2_API_KEY": "fromenv"})
    assert found.email == "me@example.org"
    assert found.services["s2"].key.reveal() == "fromenv"
    assert found.services["s2"].pace == 0.25
    assert found.services["openalex"].key.reveal() == "o"
    assert "fromenv" not in repr(found)
    assert not load_settings({"HOME": str(tmp_path)}).services["s2"].key


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("key = [", "not TOML"),
        ("[scholar]\nkey = 'x'", "unknown entry 'scholar'"),
        ("[s2]\npassword = 'x'", r"unknown entry s2\.password"),
        ("[s2]\nurl = 'ftp://x'", "no plain http"),
        ("[s2]\nurl = 'http://mirror.example'\nkey = 'x'", "unencrypted"),
        ("[s2]\ninterval = -1", "must be seconds"),
        ("s2 = 3", "must be a table"),
        ("[s2]\nkey = 'ä'", "no plain text"),
        ("email = 'a@b)\\r\\nX: y'", "no address"),
        ("email = 3", "no address"),
    ],
)
def test_a_wrong_configuration_is_named(tmp_path: Path, text: str, says: str) -> None:
    config = tmp_path / "c.toml"
    config.write_text(text)
    with pytest.raises(InputError, match=says):
        load_settings({"KGRAPH_CONFIG": str(config)})


def test_a_damaged_cache_is_named(server: Server, tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"not a database " * 100)
    with pytest.raises(KgraphError, match="can't be used as cache"), opened(server, tmp_path) as client:
        client.get("/works")


def test_without_a_network_it_ends_at_once(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No name is resolved, and waiting would not help; but a service that was there before may come back."""

    def nowhere(*_: object, **__: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    clock = FakeClock()
    server.then(GOOD)
    with opened(server, tmp_path, clock=clock) as client:
        with monkeypatch.context() as patch:
            patch.setattr(socket, "getaddrinfo", nowhere)
            with pytest.raises(UnreachableError, match=r"its name can't be resolved \(is this machine online\?"):
                client.get("/works")
        assert (client.usage.requests, clock.slept) == (1, [])
        assert client.get("/works").json() == {"results": [1, 2]}
        client._transport._session.close()
        monkeypatch.setattr(socket, "getaddrinfo", nowhere)
        with pytest.raises(UnreachableError, match="4 times over"):
            client.get("/others")
