"""`python -m tests.benchmarks.firefox SITE`: search in Firefox, from a folder, as a reader has it.

Drives Firefox by its own WebDriver BiDi. The preference that BiDi otherwise sets for tests
(`remote.prefs.recommended`) is off: it would let scripts of a folder read each other, and searches
that fail for readers would pass. Not part of the tests, because Firefox is a second browser to
install: `apt-get install firefox-esr`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import websocket

PREFERENCES = """\
user_pref("remote.prefs.recommended", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
"""

ASK = """async query => {
  const input = document.querySelector('.md-search__input');
  const list = () => [...document.querySelectorAll('.md-search .cb-search__name')];
  input.focus();
  while (!window.casebookBox) await new Promise(done => setTimeout(done, 5));
  await casebookIndex.ready(new Set());
  const start = performance.now();
  input.value = query;
  input.dispatchEvent(new Event('input'));
  while (!list().length && performance.now() - start < 5000) await new Promise(done => setTimeout(done, 1));
  return JSON.stringify({
    milliseconds: Math.round(performance.now() - start),
    status: document.querySelector('.md-search .md-search-result__meta').textContent,
    first: list().slice(0, 3).map(name => name.textContent),
    notes: document.querySelector('.md-search .cb-search__notes').textContent,
  });
}"""

MARKS = "async () => { for (let i = 0; i < 400 && !document.querySelector('article mark'); i++) await new Promise(done => setTimeout(done, 5)); return JSON.stringify([...document.querySelectorAll('article mark')].slice(0, 3).map(mark => mark.textContent)); }"
"""Whether the page that a result opens has its hits marked."""


class Firefox:
    """A headless Firefox; always closed."""

    def __init__(self, binary: str) -> None:
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
        for _ in range(300):
            found = re.search(r"ws://\S+", (Path(self._profile.name) / "log").read_text())
            if found:
                break
            time.sleep(0.1)
        else:
            raise SystemExit("Firefox did not start.")
        self._socket = websocket.create_connection(f"{found[0]}/session", suppress_origin=True)
        self.call("session.new", capabilities={})
        self._page = self.call("browsingContext.getTree")["contexts"][0]["context"]
        return self

    def __exit__(self, *_: object) -> None:
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
            if answer.get("id") == number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['message']}")
                return dict(answer["result"])

    def open(self, address: str) -> None:
        """Opens a page."""
        self.call("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def ask(self, function: str, *values: str) -> Any:
        """What an asynchronous function that gives JSON answers."""
        answer = self.call(
            "script.callFunction",
            functionDeclaration=function,
            awaitPromise=True,
            target={"context": self._page},
            arguments=[{"type": "string", "value": value} for value in values],
        )
        if answer["type"] != "success":
            raise SystemExit(json.dumps(answer, ensure_ascii=False)[:500])
        return json.loads(answer["result"]["value"])


def main() -> None:
    """Prints what queries find, each in a fresh page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--firefox", default="firefox-esr")
    parser.add_argument("queries", nargs="*", default=["联村党委", "党委", "ycs", "聯席會議"])
    arguments = parser.parse_args()
    site = arguments.site.resolve().as_uri()
    with Firefox(arguments.firefox) as firefox:
        for query in arguments.queries:
            firefox.open(f"{site}/about/use.html")
            print(query, json.dumps(firefox.ask(ASK, query), ensure_ascii=False))
        firefox.open(f"{site}/about/use.html?h=%E6%90%9C%E7%B4%A2")
        print("marked:", firefox.ask(MARKS))


if __name__ == "__main__":
    main()
