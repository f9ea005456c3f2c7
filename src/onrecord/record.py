"""The nouns. Everything that flows through onrecord is one of these, and none of them can change."""

from hashlib import sha256
from typing import Literal

from msgspec import Struct, json

VoiceKind = Literal["person", "organization", "government", "outlet", "group", "document", "unknown"]
MentionKind = Literal["person", "organization", "place", "group", "role"]
Level = Literal["certain", "probable", "possible", "unlikely", "open"]
Status = Literal["happened", "ongoing", "future", "hypothetical", "general"]
Quote = Literal["direct", "mixed", "indirect"]
ActorKind = Literal["person", "organization", "government", "outlet", "group", "place"]
LinkOf = Literal["report", "claim"]
LinkVerdict = Literal["same", "updates", "contradicts", "unrelated", "unsure", "copy", "translation", "cites"]
LinkType = Literal["number", "date", "place", "actor", "denial", "certainty", "attribution"]
OriginKind = Literal["person", "body", "document", "outlet", "anonymous"]
Independence = Literal["one_origin", "not_shown", "independent"]
Act = Literal[
    "say", "report", "announce", "confirm", "deny", "admit", "ask", "demand", "promise", "propose", "threaten", "warn",
    "accuse", "criticize", "praise", "support", "oppose", "agree", "refuse", "estimate", "predict", "believe", "know",
    "expect", "hope", "fear", "intend", "quote",
]  # fmt: skip


class Span(Struct, frozen=True, order=True, array_like=True):
    """Where something stands: code points of `Report.text`, end not included. Written as `[start, end]` in JSON."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Cut the span out of `text`."""
        return text[self.start : self.end]


class Report(Struct, frozen=True):
    """One news report as it was read: the whole decoded text, and which part of it is the report.

    `body` leaves out front matter and page furniture. `published` is a date or date-time in ISO 8601; `dated_by` says what
    gave it (`option`, `front matter`, `page`, `line`; else `dateline`, `url`, or `text`, a line with a date). `sha256` is of
    the bytes that were read.
    """

    id: str
    text: str
    body: Span
    lang: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    dated_by: str | None = None
    url: str | None = None
    file: str = ""
    sha256: str = ""
    reader: str = "plain"


class Moment(Struct, frozen=True):
    """When: a TIMEX3 value (ISO 8601, X for what is not known: `2023-09-12TNI`, `XXXX-09-12`, `P3Y`, `2009-Q3`, `PRESENT_REF`).

    `until` is the last day of a range, inclusive. `against` is the date that a relative expression was counted from;
    `doubt` says in words what is wrong with it ("ends before it begins").
    """

    value: str
    span: Span
    until: str | None = None
    against: str | None = None
    doubt: str | None = None


class Voice(Struct, frozen=True):
    """One link in the chain of attribution: the source that speaks, and the cue that says so.

    `source` is None where the text names none. `name` is the source as it stands in the text, less title and honorific;
    `role` the title as it stands there; `refers_to` the fullest name in the report of a pronoun, a short name or a dropped
    subject. `actor` is filled where an actor was resolved; `sure` where this voice's certainty differs from the claim's.
    """

    name: str | None
    source: Span | None
    kind: VoiceKind
    named: bool
    role: str | None
    act: Act
    cue: tuple[Span, ...]
    refers_to: str | None = None
    actor: str | None = None
    sure: "Certainty | None" = None


class Certainty(Struct, frozen=True):
    """How sure the innermost voice is of its main statement, after FactBank (Sauri and Pustejovsky 2009).

    `low` and `high` are the ICD-203 band of a word of likelihood in percent, None where no such word stands; `status` is that
    of the main event; `evidence` the words that make it other than certain, affirmed and unconditional.
    """

    level: Level = "certain"
    low: int | None = None
    high: int | None = None
    negated: bool = False
    status: Status = "general"
    evidence: tuple[Span, ...] = ()


class Mention(Struct, frozen=True):
    """A name in a claim's words: a person, an organization or a place. `score` is the tagger's probability."""

    name: str
    span: Span
    kind: MentionKind
    actor: str | None = None
    score: float | None = None


class Event(Struct, frozen=True):
    """A happening in a content. Not read yet: `Claim.events` stays empty."""

    kind: str
    mode: str | None
    trigger: Span
    agents: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    things: tuple[Mention, ...]
    place: Mention | None
    when: Moment | None
    status: Status
    negated: bool


class Step(Struct, frozen=True):
    """One reason: `rule` filled `field` because of the words at `span`."""

    field: str
    rule: str
    span: Span


class Claim(Struct, frozen=True):
    """Who said what, how sure, from which words.

    `voices` run from the outermost to the innermost. `content` are the spans of what is said, `text` those words joined by
    ` … `. `span` runs from the first to the last character of all sources, cues and contents. `score` is the model's
    probability of the reading. `maker` is the version that wrote it.
    """

    id: str
    report: str
    file: str
    span: Span
    voices: tuple[Voice, ...]
    content: tuple[Span, ...]
    text: str
    quote: Quote
    sure: Certainty
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    when: Moment | None
    score: float
    why: tuple[Step, ...]
    maker: str


class Actor(Struct, frozen=True):
    """Somebody whom claims name: one of the knowledge base (`state.rus`, `person.xi-jinping`) or local to a report (`local.…`).

    `names` are spellings by language, the one to show first. `codes` are those of others: `iso` (ISO 3166 alpha-3), `cameo`
    (country and sector, as CAMEO and PLOVER write them), `sector`; `of` is the state it belongs to.
    """

    id: str
    kind: ActorKind
    names: dict[str, tuple[str, ...]]
    codes: dict[str, str] = {}


class Verdict(Struct, frozen=True):
    """What a person decided, which later runs obey: `field` of `target` is `value`, said `by` somebody, `at` (ISO 8601, UTC).

    `undoes` is the id of a verdict that this one takes back; nothing is ever deleted.
    """

    id: str
    target: str
    field: str
    value: str
    by: str
    at: str
    undoes: str | None = None


class Reason(Struct, frozen=True):
    """Why two are linked: a sentence, and the words in either that it speaks of (None where it speaks of the whole)."""

    text: str
    a: Span | None = None
    b: Span | None = None


class Link(Struct, frozen=True):
    """What two reports or two claims are to each other. `a` is the smaller id.

    `type` tells in what two claims contradict each other. `first` is the id of the one that came first, None where nothing tells.
    `by` is the version that wrote it, or the person who decided it.
    """

    id: str
    a: str
    b: str
    of: LinkOf
    verdict: LinkVerdict
    score: float
    why: tuple[Reason, ...]
    type: LinkType | None = None
    first: str | None = None
    by: str = ""


class Origin(Struct, frozen=True):
    """The last voice to which claims can be followed: see docs/origins.md.

    `name` is what to call it, `kind` what it is; `actor` its id where it has one. `witnesses` are the publishers that have it from
    the origin itself; `claims` the claims that lead to it, and `why` the words that show it, each in the report of its claim.
    """

    name: str
    kind: OriginKind
    actor: str | None
    claims: tuple[str, ...]
    witnesses: tuple[str, ...]
    why: tuple[tuple[str, Reason], ...] = ()


class Account(Struct, frozen=True):
    """All claims that tell the same thing about one happening. A view: rebuilt from links, never stored as truth.

    `outlets` are the publishers of its claims, copies included. `why` says in words what led to `independence`; `disputes` are
    the ids of the links that contradict one of its claims.
    """

    id: str
    claims: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: tuple[Origin, ...]
    independence: Independence
    why: tuple[str, ...]
    disputes: tuple[str, ...] = ()


class Story(Struct, frozen=True):
    """Reports about one happening, and what they tell of it. A view, as accounts are."""

    id: str
    reports: tuple[str, ...]
    accounts: tuple[Account, ...]


class Failure(Struct, frozen=True):
    """A file or line that could not be read: a row, never a gap. `stage` is read, extract or store."""

    file: str
    stage: str
    error: str
    message: str


def make_id(*parts: object) -> str:
    """Hash the parts to 16 hexadecimal digits: the same parts give the same id on every machine."""
    return sha256(json.encode(parts)).hexdigest()[:16]


def report_id(text: str, url: str | None, publisher: str | None, published: str | None) -> str:
    """Return the id of a report: a hash of its text, address, publisher and date."""
    return make_id(text, url, publisher, published)


def claim_id(report: str, voices: tuple[Voice, ...], content: tuple[Span, ...]) -> str:
    """Return the id of a claim: a hash of report id, source and cue spans of all voices, and content spans."""
    return make_id(report, [(v.source, v.cue) for v in voices], content)
