"""Drives Firefox by its own WebDriver BiDi, as Playwright cannot with the Firefox of Debian.

The preference that BiDi otherwise sets for tests (`remote.prefs.recommended`) is off: it would let
scripts of a folder read each other, and what fails for readers would pass.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import websocket

PREFERENCES = """\
user_pref("remote.prefs.recommended", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
"""


class NoFirefox(Exception):
    """Firefox is not there, or does not start."""


class Firefox:
    """A headless Firefox; always closed."""

    def __init__(self) -> None:
        binary = shutil.which("firefox-esr") or shutil.which("firefox")
        if binary is None:
            raise NoFirefox("Firefox is missing: sudo apt-get install firefox-esr")
        self.outside: list[str] = []
        """What pages have asked for that is not a file."""
        self._profile = tempfile.TemporaryDirectory()
        folder = Path(self._profile.name)
        (folder / "user.js").write_text(PREFERENCES, "utf-8")
        self._log = (folder / "log").open("w+")  # a pipe that nobody empties would stop Firefox
        self._process = subprocess.Popen(
            [binary, "--headless", "--profile", str(folder), "--remote-debugging-port", "0"],
            stdout=self._log,
            stderr=self._log,
        )
        self._numbers = itertools.count(1)

    def __enter__(self) -> Firefox:
        log = Path(self._profile.name) / "log"
        end = time.monotonic() + 60
        while not (found := re.search(r"ws://\S+", log.read_text())):
            if time.monotonic() > end or self._process.poll() is not None:
                self.close()
                raise NoFirefox("Firefox did not start.")
            time.sleep(0.1)
        self._socket = websocket.create_connection(f"{found[0]}/session", suppress_origin=True)
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["network.beforeRequestSent"])
        self._page = self.call("browsingContext.getTree")["contexts"][0]["context"]
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self.close()

    def close(self) -> None:
        """Ends the browser."""
        self._process.terminate()
        self._process.wait(20)
        self._log.close()
        self._profile.cleanup()

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of a command; raises what Firefox complains of."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("method") == "network.beforeRequestSent":
                self._note(answer["params"])
            elif answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['message']}"
                return dict(answer["result"])

    def _note(self, event: dict[str, Any]) -> None:
        address = event["request"]["url"]
        # What no page has asked for is Firefox's own.
        if event.get("context") and urlsplit(address).scheme not in ("file", "data", "about"):
            self.outside.append(address)

    def open(self, address: str) -> None:
        """Opens a page."""
        self.call("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def ask(self, function: str, *values: str) -> Any:
        """What a function gives as JSON, once it is ready."""
        answer = self.call(
            "script.callFunction",
            functionDeclaration=function,
            awaitPromise=True,
            target={"context": self._page},
            arguments=[{"type": "string", "value": value} for value in values],
        )
        assert answer["type"] == "success", json.dumps(answer, ensure_ascii=False)[:500]
        return json.loads(answer["result"]["value"])

    def texts(self, selector: str) -> list[str]:
        """The texts of the elements that a selector finds; waits for the first for 10 seconds."""
        return list(self.ask(_TEXTS, selector))

    def pdf(self) -> bytes:
        """The page as it prints."""
        return base64.b64decode(self.call("browsingContext.print", context=self._page)["data"])


_TEXTS = """async selector => {
  const found = () => [...document.querySelectorAll(selector)];
  for (let i = 0; i < 1000 && !found().length; i++) await new Promise(done => setTimeout(done, 10));
  return JSON.stringify(found().map(element => element.textContent.trim()));
}"""
