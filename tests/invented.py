"""Invented reports with claims built by hand, for tests that need claims and no reading."""

from onrecord.record import Act, Certainty, Claim, Moment, Quote, Report, Span, Step, Voice, VoiceKind, claim_id, report_id

MAKER = "onrecord 0.1.0"

BRIDGE = """Kestrel Bridge may close for two years

The Kestrel Bridge in Port Amber may close for two years from April, two officials familiar with the plan told the Amber Courier.
"We have not decided to close anything," said Alda Renn, minister of transport.
"""

HARBOUR = """港湾再開発、来月にも合意か

関係者によると、白波港の再開発をめぐり、県と事業者は来月にも合意する可能性がある。海原新聞が伝えた。
県港湾課の潮見健課長は「合意した事実はない。コンピューターの入力ミスで誤った資料が公開された」と述べた。
"""


def find(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return Span(start, start + len(words))


def report(text: str, lang: str, publisher: str, file: str) -> Report:
    title, url, published = text.split("\n", 1)[0], None, "2024-03-02"
    return Report(
        id=report_id(text, url, publisher, published),
        text=text,
        body=Span(len(title) + 2, len(text)),
        lang=lang,
        title=title,
        publisher=publisher,
        published=published,
        dated_by="front matter",
        file=file,
    )


def voice(  # noqa: PLR0913  # a voice has many fields
    of: Report, source: str | None, cue: str, act: Act, kind: VoiceKind, *, name: str | None = None, role: str | None = None
) -> Voice:
    return Voice(
        name=name or source,
        source=find(of, source) if source else None,
        kind=kind,
        named=kind != "group",
        role=role,
        act=act,
        cue=(find(of, cue),),
    )


def claim(
    of: Report, voices: tuple[Voice, ...], content: str, sure: Certainty, *, quote: Quote = "indirect", when: Moment | None = None
) -> Claim:
    spans = (find(of, content),)
    places = [*spans, *(c for v in voices for c in v.cue), *(v.source for v in voices if v.source)]
    return Claim(
        id=claim_id(of.id, voices, spans),
        report=of.id,
        file=of.file,
        span=Span(min(s.start for s in places), max(s.end for s in places)),
        voices=voices,
        content=spans,
        text=" … ".join(s.of(of.text) for s in spans),
        quote=quote,
        sure=sure,
        mentions=(),
        events=(),
        when=when,
        score=0.9,
        why=(Step("voices.0.act", f"{of.lang}/said.toml:{voices[0].act}", voices[0].cue[0]),),
        maker=MAKER,
    )


def bridge() -> tuple[Report, tuple[Claim, ...]]:
    of = report(BRIDGE, "en", "Amber Courier", "reports/bridge.txt")
    officials = voice(of, "two officials familiar with the plan", "told", "say", "group")
    minister = voice(
        of, "Alda Renn, minister of transport", "said", "say", "person", name="Alda Renn", role="minister of transport"
    )
    may = Certainty(
        "possible", 20, 55, status="future", evidence=(Span(of.text.index("may close", 50), of.text.index("may close", 50) + 3),)
    )
    when = Moment("2024-04", find(of, "from April"), against="2024-03-02")
    return of, (
        claim(of, (officials,), "The Kestrel Bridge in Port Amber may close for two years from April", may, when=when),
        claim(
            of,
            (minister,),
            "We have not decided to close anything",
            Certainty(negated=True, status="happened", evidence=(find(of, "not"),)),
            quote="direct",
        ),
    )


def harbour() -> tuple[Report, tuple[Claim, ...]]:
    of = report(HARBOUR, "ja", "海原新聞", "reports/港.txt")
    paper = voice(of, "海原新聞", "伝えた", "report", "outlet")
    people = voice(of, "関係者", "によると", "say", "group")
    chief = voice(of, "県港湾課の潮見健課長", "述べた", "say", "person", name="潮見健", role="課長")
    possible = Certainty("possible", 20, 55, status="future", evidence=(find(of, "可能性がある"),))
    return of, (
        claim(of, (paper, people), "白波港の再開発をめぐり、県と事業者は来月にも合意する可能性がある", possible),
        claim(
            of,
            (chief,),
            "合意した事実はない。コンピューターの入力ミスで誤った資料が公開された",
            Certainty(negated=True, status="happened", evidence=(find(of, "ない"),)),
            quote="direct",
        ),
    )
