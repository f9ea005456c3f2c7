import subprocess
import sys
from pathlib import Path

from invented import BRIDGE

# An audit hook sees every address that Python looks up or talks to, in any package; `unshare` is not to be had everywhere.
# Opening a socket is let be: urllib3 does that on import, to learn whether the machine knows IPv6.
PRELUDE = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"):
        sys.stderr.write(f"network: {event} {arguments}\\n")
        raise OSError("the network is cut off")

sys.addaudithook(refuse)
from onrecord.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run((sys.executable, "-c", PRELUDE, *arguments), capture_output=True, text=True, cwd=folder, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done
    return done.stdout


def test_every_command_works_with_the_network_cut_off(tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(BRIDGE)
    (tmp_path / "bridge.html").write_text(f"<html><body><article><p>{BRIDGE}</p></article></body></html>")
    shown = run(tmp_path, "extract", "bridge.txt", "bridge.html")
    assert "Alda Renn (minister of transport) [said]" in shown
    assert run(tmp_path, "add", ".") == "2 added, 0 known, 0 failed\n"
    assert run(tmp_path, "reread") == "0 changed, 2 unchanged, 0 failed\n"
    assert run(tmp_path, "search", "bridge")
    assert run(tmp_path, "reports")
    claims = run(tmp_path, "claims", "--voice", "Renn", "--json")
    assert run(tmp_path, "show", claims[len('{"id":"') :][:16])
    assert run(tmp_path, "actors", "rename", "Alda Renn", "A. Renn")
    assert "A. Renn" in run(tmp_path, "actors")
    assert run(tmp_path, "export", "csv", "-o", "-")
    assert run(tmp_path, "remove", "bridge.txt") == "1 removed\n"


def test_the_network_is_cut_off_in_these_tests() -> None:
    code = PRELUDE.split("from onrecord", maxsplit=1)[0] + "import socket; socket.create_connection(('localhost', 9))"
    done = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=False)
    assert "the network is cut off" in done.stderr
