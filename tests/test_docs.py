"""The pages say what the code does: fields, closed lists, examples and links."""

import re
import tomllib
from ast import parse
from pathlib import Path
from runpy import run_path
from typing import get_args

import pytest
from msgspec import Struct, convert, json

from onrecord import languages, record
from onrecord.languages._sure import Sure
from onrecord.record import Claim

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("training/**/*.md")])
RECORD = (ROOT / "docs" / "record.md").read_text("utf-8")
NOUNS = [noun for noun in vars(record).values() if isinstance(noun, type) and issubclass(noun, Struct) and noun is not Struct]
LISTS = {
    "Voice.act": record.Act,
    "Voice.kind": record.VoiceKind,
    "Mention.kind": record.MentionKind,
    "Actor.kind": record.ActorKind,
    "Certainty.level": record.Level,
    "Certainty.status": record.Status,
    "Claim.quote": record.Quote,
}


def rows(heading: str) -> dict[str, str]:
    """Read the table under a heading of record.md."""
    part = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", RECORD, re.MULTILINE | re.DOTALL)
    assert part, f"docs/record.md has no heading {heading}"
    return dict(re.findall(r"^\| `([\w.]+)` \| (.+) \|$", part[1], re.MULTILINE))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_field_of_every_noun_is_explained_and_no_other(noun: type[Struct]) -> None:
    assert list(rows(noun.__name__)) == list(noun.__struct_fields__)


@pytest.mark.parametrize("name", LISTS)
def test_every_closed_list_is_written_out(name: str) -> None:
    assert rows("The closed lists")[name].split(", ") == list(get_args(LISTS[name]))


def test_the_example_of_a_claim_is_one() -> None:
    block = re.search(r"<!-- claim -->\n```json\n(.*?)```", RECORD, re.DOTALL)
    assert block
    claim = json.decode(block[1], type=Claim)
    assert json.decode(json.encode(claim)) == json.decode(block[1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_python_in_pages_is_python(page: Path) -> None:
    for block in re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        parse(block)


def test_the_entry_that_shows_how_to_add_a_language_is_one() -> None:
    page = (ROOT / "docs" / "add-a-language.md").read_text("utf-8")
    (block,) = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (mark,) = convert(tomllib.loads(block), Sure).marks
    assert re.search(mark.match, mark.example)
    assert not any(re.search(mark.match, content) for content in mark.near)


def test_every_table_of_a_language_is_in_the_page_on_adding_one() -> None:
    page = (ROOT / "docs" / "add-a-language.md").read_text("utf-8")
    tables = {path.name for code in languages.supported() for path in (ROOT / "src/onrecord/languages" / code).glob("*.toml")}
    assert {name for name in tables if f"| `{name}` |" not in page} == set()


def test_every_decision_on_a_dependency_has_its_page() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[>=<\[ ]", line)[0] for line in project["dependencies"]]
    pages = " ".join(path.read_text("utf-8") for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [name for name in names if name not in pages] == []


def test_every_package_that_is_installed_is_pinned_by_name_and_version_alone() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    pinned = {line.split("==")[0] for line in lines}
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", line) for line in lines)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {re.split(r"[>=<]", line)[0] for line in asked} - pinned == set()


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", ROOT / "docs" / "tour.md", ROOT / "docs" / "actors.md"], ids=lambda page: page.name
)
def test_commands_in_pages_print_what_the_pages_show(page: Path) -> None:
    written = run_path(str(ROOT / "docs" / "make_real.py"))["text"](page)
    assert written == page.read_text("utf-8"), "run: python docs/make_real.py"
