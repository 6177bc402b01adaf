"""From `make up` to the first answered page, when everything is set up already."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import httpx

from bench.line import limit, say, share, words
from tests.start.desk import free_port

ROOT = Path(__file__).resolve().parents[1]
RUNS = 6
LIMIT = 3.0
PATIENCE = 60.0


def main() -> None:
    """All lines of this subject."""
    with tempfile.TemporaryDirectory(prefix="gensvar-bench-") as folder:
        words(f"The first start, which makes the database, took {_start(folder):.1f} s.")
        took = [_start(folder) for _ in range(RUNS)]
    say("up.second_start", share(took, 0.5), "s", RUNS)
    say("up.second_start.slowest", max(took), "s", RUNS)
    limit("up.second_start", LIMIT, "s")


def _start(folder: str) -> float:
    port = free_port()
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"GENSVAR_DATA": folder, "GENSVAR_PORT": str(port)}
    began = time.perf_counter()
    with (Path(folder) / "log").open("ab") as log:
        make = subprocess.Popen(
            ["make", "--silent", "up"], cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_for_page(port, make)
        return time.perf_counter() - began
    finally:
        os.killpg(make.pid, signal.SIGINT)
        make.wait(PATIENCE)


def _wait_for_page(port: int, make: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and make.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/", timeout=5, trust_env=False).status_code < 500:
                return
        time.sleep(0.01)
    raise SystemExit("make up did not answer; run it by hand to see why.")


if __name__ == "__main__":
    main()
