"""`studio top` as a person at a terminal, and a script, meets it."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from studio.__main__ import main
from studio.api import create_app
from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings
from studio.telemetry.histogram import Histogram
from studio.top.frame import bytes_in_words, spark
from studio.top.keys import leaving_keys
from studio.top.scrape import read_exposition, since
from studio.top.watching import Away, Watching
from tests.loopback import served

ROOT = Path(__file__).resolve().parents[2]
NOBODY = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A studio behind a real port, that has made one text and failed on another."""
    folder = tmp_path_factory.mktemp("top")
    environ = {"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(folder)}
    studio = Studio.open(Settings.from_environ(environ))
    locales = Locales.load(ROOT / "assets" / "locales")
    with served(create_app(studio, locales)) as address:
        for text in ("a lamp at sea", "[[fail]] a lamp"):
            form = {"text": text, "kind": "story", "lang": "en"}
            httpx.post(f"{address}/api/generate/writing", json=form, timeout=30)
        yield address
    studio.close()


def test_one_frame_shows_cards_speed_memory_and_errors(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["top", "--once", "--url", url]) == 0
    shown = capsys.readouterr().out
    for word in ("base/smollm2-135m-instruct", "0/16", "tokens/s", "p95", "memory", "threads"):
        assert word in shown
    assert "model_failed" in shown
    assert "lamp" not in shown


def test_json_is_one_object(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["top", "--once", "--json", "--url", url + "/"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["cards"][0]["slots"] == 16
    assert told["first_token_p95_s"] >= told["first_token_p50_s"] > 0
    assert told["process_bytes"] > 10**7
    assert told["errors"][0]["code"] == "model_failed"
    assert "." in told["errors"][0]["request_id"]


def test_a_studio_that_is_away_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["top", "--once", "--url", NOBODY]) == 1
    assert "No answer" in capsys.readouterr().out
    assert main(["top", "--once", "--json", "--url", NOBODY]) == 1
    assert json.loads(capsys.readouterr().out)["away"] == "ConnectError"
    assert main(["top", "--once", "--url", "no address"]) == 1


def test_what_is_no_studio_is_away() -> None:
    answers = httpx.MockTransport(lambda _: httpx.Response(404))
    watching = Watching("http://127.0.0.1", httpx.Client(transport=answers))
    with pytest.raises(Away, match="404"):
        watching.look()


def test_the_speed_is_of_the_time_between_two_looks() -> None:
    texts = iter(["studio_tokens_total 100", "studio_tokens_total 160"])

    def answer(request: httpx.Request) -> httpx.Response:
        ready = request.url.path == "/readyz"
        return httpx.Response(503, json={}) if ready else httpx.Response(200, text=next(texts))

    times = iter([10.0, 12.0])
    client = httpx.Client(transport=httpx.MockTransport(answer))
    watching = Watching("http://127.0.0.1", client, clock=lambda: next(times))
    watching.look()
    assert watching.look().tokens_per_s == 30.0


LATENCY = 'a_seconds_bucket{{lane="text",le="1"}} {}\na_seconds_bucket{{lane="text",le="+Inf"}} {}'


def test_latency_is_of_what_came_since_the_first_look() -> None:
    before = read_exposition(LATENCY.format(5, 9), 0.0)
    now = read_exposition(LATENCY.format(7, 12), 1.0)
    assert since(now, before, "a_seconds") == Histogram((1.0,), (2, 3))
    assert since(now, now, "a_seconds") == Histogram((1.0,), (7, 12))
    anew = read_exposition(LATENCY.format(1, 1), 2.0)
    assert since(anew, now, "a_seconds") == Histogram((1.0,), (1, 1))
    assert since(now, before, "unknown").quantile(0.5) == 0.0


def test_a_curve_is_as_long_as_its_values() -> None:
    assert spark([0, 0]) == "▁▁"
    assert spark([1, 4, 8]) == "▂▅█"
    assert bytes_in_words(412e6) == "412 MB"
    assert bytes_in_words(12.2e9) == "12.2 GB"


@pytest.mark.parametrize("ending", [b"q", b"\x03"])
def test_q_and_ctrl_c_end_it_and_the_terminal_is_as_before(url: str, ending: bytes) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "studio", "top", "--every", "30", "--url", url]
    environ = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environ,
        start_new_session=True, preexec_fn=_controlling(theirs),
    )  # fmt: skip
    os.close(theirs)
    shown = _read_until(ours, b"tokens/s")
    os.write(ours, ending)
    kill = threading.Timer(120, process.kill)
    kill.start()
    shown += _rest(ours)  # first: it can not end while its last frame finds no reader
    code = process.wait()
    kill.cancel()
    assert code == (0 if ending == b"q" else 130)
    assert b"\x1b[?1049l" in shown
    assert b"Traceback" not in shown


def test_ctrl_c_between_two_waits_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    before = signal.getsignal(signal.SIGINT)
    with os.fdopen(ours), os.fdopen(theirs) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        with leaving_keys() as wait:
            with suppress(KeyboardInterrupt):  # as a finalizer does with what is raised in it
                os.kill(os.getpid(), signal.SIGINT)
            with pytest.raises(KeyboardInterrupt):
                wait(30)
    assert signal.getsignal(signal.SIGINT) is before


def _controlling(terminal: int) -> Callable[[], None]:
    """The terminal of the new process: so that Ctrl-C reaches it as it does a person's."""

    def take() -> None:
        import fcntl
        import termios

        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)

    return take


def _read_until(place: int, word: bytes) -> bytes:
    shown, late = b"", time.monotonic() + 120
    while word not in shown and time.monotonic() < late:
        shown += os.read(place, 65536)
    assert word in shown
    return shown


def _rest(place: int) -> bytes:
    shown = b""
    try:
        while part := os.read(place, 65536):
            shown += part
    except OSError:  # the other side is closed
        pass
    return shown


def test_a_narrow_terminal_holds_the_frame(url: str) -> None:
    from studio.top.frame import frame

    watching = Watching(url, httpx.Client())
    console = Console(width=60, record=True, file=open(os.devnull, "w"))  # noqa: SIM115
    console.print(frame(watching.look(), [1.0, 2.0]))
    assert all(len(line.rstrip()) <= 60 for line in console.export_text().splitlines())
