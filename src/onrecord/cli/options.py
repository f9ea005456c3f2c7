"""The options that mean the same in every command, each with its help; nothing else."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from onrecord.readers import MAX_BYTES

RECORD = Path("record.db")
LARGEST = MAX_BYTES


Files = Annotated[
    list[str], Argument(metavar="FILE", help="Reports to read: .txt .md .html .jsonl; - reads standard input.", show_default=False)
]
Paths = Annotated[
    list[str],
    Argument(metavar="PATH", help="Files, folders with all that is in them, or - for standard input.", show_default=False),
]

Record = Annotated[Path, Option("--record", metavar="FILE", help="The record: one SQLite file.")]
Json = Annotated[bool, Option("--json", help="Write JSON, one object a line.")]
Jobs = Annotated[int, Option("--jobs", metavar="N", min=1, help="Read on N cores at once.")]

Lang = Annotated[
    str | None, Option("--lang", metavar="CODE", help="Language of the reports, like en or ja; found out where not given.")
]
Published = Annotated[
    str | None, Option("--published", metavar="DATE", help="Day of publication, like 2024-03-02; beats what the file says.")
]
Publisher = Annotated[
    str | None, Option("--publisher", metavar="NAME", help="Outlet that published the reports; beats what the file says.")
]
Url = Annotated[str | None, Option("--url", metavar="URL", help="Address of the report; beats what the file says.")]
Reader = Annotated[
    str | None,
    Option("--reader", metavar="NAME", help="Reader to use: plain, html or jsonl; chosen by the file's name where not given."),
]
MaxBytes = Annotated[int, Option("--max-bytes", metavar="N", min=1, help="Refuse a report of more than N bytes.")]

VoiceName = Annotated[str | None, Option("--voice", metavar="NAME", help="Only claims with NAME in the name of a voice.")]
ActorName = Annotated[str | None, Option("--actor", metavar="NAME", help="Only claims by or about the person or body NAME.")]
ActName = Annotated[
    str | None, Option("--act", metavar="ACT", help="Only claims with this act of saying: say, deny, promise, warn ...")
]
LevelName = Annotated[
    str | None, Option("--level", metavar="LEVEL", help="Only claims this sure: certain, probable, possible, unlikely or open.")
]
Since = Annotated[
    str | None, Option("--since", metavar="DATE", help="Only from reports published on DATE or later: 2024, 2024-03 or 2024-03-02.")
]
Until = Annotated[str | None, Option("--until", metavar="DATE", help="Only from reports published on DATE or earlier.")]
Words = Annotated[str | None, Option("--text", metavar="WORDS", help="Only those with all of these words.")]
Outlet = Annotated[str | None, Option("--outlet", metavar="NAME", help="Only from outlets with NAME in their name.")]
Limit = Annotated[int | None, Option("--limit", metavar="N", min=1, help="At most N.")]
