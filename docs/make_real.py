"""The pages with commands go in, the same with what the commands print come out: `python docs/make_real.py`.

A block after `<!-- real -->` is run line by line in a folder with the examples. `$ cat FILE` of a file that is not there makes it
from the words shown. After `<!-- id: WORDS -->` the id that `onrecord show` is given is that of the first claim with these words.
Ids and moments of verdicts, which differ at every run, stay as they are shown.
"""  # noqa: INP001  # a script

import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord import Store

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "tour.md", ROOT / "docs" / "actors.md")
BLOCK = re.compile(r"(<!-- real -->\n(?:<!-- id: (?P<words>.+?) -->\n)?```console\n)(?P<body>.*?)(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
VERDICTS = "onrecord actors "
CHANGING = re.compile(r"\b[0-9a-f]{8}\b|\d{4}-\d\d-\d\dT[\d:]+Z")
WIDTH = "100"


def text(page: Path) -> str:
    """Return the page with its blocks run again, in their order."""
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        return BLOCK.sub(lambda hit: hit[1] + _run(hit["body"], hit["words"], Path(folder)), page.read_text("utf-8"))


def _run(body: str, words: str | None, folder: Path) -> str:
    return "".join(_answer(hit[1], hit[2], words, folder) for hit in COMMAND.finditer(body))


def _answer(command: str, shown: str, words: str | None, folder: Path) -> str:
    name = command.removeprefix("cat ")
    if command.startswith("cat ") and not (folder / name).exists():
        (folder / name).write_text(shown, "utf-8")
    if words:
        command = re.sub(r"(?<=show )[0-9a-f]+", lambda _: _id(command, words, folder), command)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(  # noqa: S602  # the commands of our own pages
        command,
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": path, "COLUMNS": WIDTH, "LC_ALL": "C.UTF-8"},
    )
    same = command.startswith(VERDICTS) and CHANGING.sub("", done.stdout) == CHANGING.sub("", shown)
    return f"$ {command}\n{shown if same else done.stdout}"


def _id(command: str, words: str, folder: Path) -> str:
    record = re.search(r"--record (\S+)", command)
    with Store(folder / (record[1] if record else "record.db")) as store:
        return next(claim.id[:4] for claim in store.claims(text=words))


if __name__ == "__main__":
    for each in PAGES:
        each.write_text(text(each), "utf-8")
