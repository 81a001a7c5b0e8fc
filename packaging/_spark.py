"""Apache Spark as a server on this machine alone, for the tests of the questions asked of many visits."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from _run import Stop

PORT = 15022
PATIENCE_S = 180.0
"""Seconds that a server may take to start; no promise about speed."""


def home() -> Path | None:
    """The folder of Apache Spark, which SPARK_HOME names, where there is a Java to run it; else None."""
    named = os.environ.get("SPARK_HOME", "")
    if not named or shutil.which("java") is None:
        return None
    folder = Path(named)
    return folder if (folder / "bin" / "spark-submit").is_file() else None


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a Spark Connect server that runs until the block ends. Raises Stop where it does not start."""
    settings = {
        "spark.ui.enabled": "false",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(PORT),
    }
    command = [str(folder / "bin" / "spark-submit"), "--master", "local[2]"]
    command += [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    surroundings = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=surroundings)
    try:
        _wait_for(process)
        yield f"sc://127.0.0.1:{PORT}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise Stop(f"Apache Spark ended at once, with exit code {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT), timeout=1):
            return
        time.sleep(0.5)
    raise Stop(f"Apache Spark did not answer on port {PORT} within {PATIENCE_S:.0f} s")
