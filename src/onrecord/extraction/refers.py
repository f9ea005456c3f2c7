"""Whom a pronoun, a short name, a description or a missing source stands for: a speaker and those before in, a full name out."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from onrecord.languages import Language
from onrecord.languages._who import Description, Kind, Pronoun, Short, Who, pattern
from onrecord.record import Mention, Span, Step, VoiceKind
from onrecord.tagger.spans import Attribution

# Between a voice and a missing source of the same voice at most this many letters of other sentences may stand.
NEAR = 12
# A letter that no text uses stands for a short name.
STAND = "\ue000"
BODIES: tuple[VoiceKind, ...] = ("organization", "government", "outlet")


class Speaker(Struct, frozen=True):
    """What is known of a source: `head` is its deciding noun, `proper` true where `name` is a person's, `full` the name meant."""

    source: Span | None
    kind: VoiceKind = "unknown"
    named: bool = False
    name: Span | None = None
    head: Span | None = None
    role: Span | None = None
    full: Span | None = None
    gender: str = ""
    proper: bool = False
    pronoun: Pronoun | None = None
    steps: tuple[Step, ...] = ()


class Known(Struct, frozen=True):
    """Somebody whom the text has named by now: where, by what name, with which title; `spoke` where as a voice."""

    at: int
    name: Span
    kind: VoiceKind
    role: str = ""
    gender: str = ""
    spoke: bool = False
    named: bool = True


class Scene(Struct, frozen=True):
    """A text, its language, the names that the tagger saw in it, and the names of its speakers."""

    text: str
    language: Language
    mentions: tuple[Mention, ...]
    names: tuple[tuple[VoiceKind, Span], ...] = ()

    @property
    def who(self) -> Who:
        """The table that is asked."""
        return self.language.who

    def rule(self, entry: str) -> str:
        """Name an entry of the table."""
        return f"{self.language.code}/who.toml:{entry}"

    def step(self, field: str, entry: str, span: Span) -> Step:
        """Say that an entry of the table filled `field` because of the words at `span`."""
        return Step(field, self.rule(entry), span)

    def within(self, span: Span) -> Iterator[Mention]:
        """Yield the names inside `span`."""
        return (m for m in self.mentions if span.start <= m.span.start and m.span.end <= span.end)

    def kind(self, span: Span) -> Kind | None:
        """Return the entry that fits the words at `span`."""
        return self.kind_of(span.of(self.text))

    def kind_of(self, words: str) -> Kind | None:
        """Return the first entry that fits `words`."""
        return next((k for k in self.who.kinds if pattern(k.match, self.who).search(words)), None)


Around = tuple[Speaker | None, *tuple[tuple[Attribution, Speaker], ...]]


def refer(scene: Scene, speaker: Speaker, a: Attribution, known: list[Known], around: Around) -> Speaker:
    """Find the full name that a speaker stands for, or leave it open. `around`: the voice around it, and the one before it."""
    outer, *before = around
    if a.source is None:
        return _dropped(scene, a, outer, before[0] if before else None)
    if speaker.pronoun:
        return _pointed(scene, speaker, speaker.pronoun, known, outer)
    if described := _described(scene, speaker, known):
        return described
    return _shortened(scene, speaker)


def learn(scene: Scene, speaker: Speaker, at: int, *, spoke: bool = False) -> Iterator[Known]:
    """Yield what a speaker adds to those known."""
    name = speaker.full or speaker.name
    named = speaker.full is not None or speaker.named
    # An unnamed speaker is kept too: "he" after "a farmer" is that farmer, not the last name.
    if name and speaker.source and (named or spoke):
        role = speaker.role.of(scene.text) if speaker.role else ""
        yield Known(at, name, speaker.kind, role, speaker.gender, spoke, named)


# A missing source


def _dropped(scene: Scene, a: Attribution, outer: Speaker | None, before: tuple[Attribution, Speaker] | None) -> Speaker:
    """Give a cue like という that goes on after a voice that voice; 「…とみられる」 has none."""
    cue = " ".join(s.of(scene.text) for s in a.cue)
    mark = next((m for m in scene.who.dropped if pattern(m.match, scene.who).search(cue)), None)
    if mark is None or before is None or outer is not None or not _follows(scene.text, before[0], a):
        return Speaker(None)
    voice = before[1]
    name = voice.full or (voice.name if voice.named else None)
    if name is None:
        return Speaker(None)
    steps = tuple(scene.step(f, f"dropped {mark.example}", name) for f in ("kind", "named", "refers_to"))
    return Speaker(None, voice.kind, named=True, full=name, gender=voice.gender, steps=steps)


def _follows(text: str, before: Attribution, a: Attribution) -> bool:
    end = max(s.end for s in (*before.cue, *before.content))
    start = min(s.start for s in (*a.cue, *a.content))
    return end <= start and len(re.sub(r"\W", "", text[end:start])) <= NEAR


# A pronoun


def _pointed(scene: Scene, speaker: Speaker, p: Pronoun, known: list[Known], outer: Speaker | None) -> Speaker:
    if p.points == "nowhere" or speaker.source is None:
        return speaker
    if p.points == "out" or (outer and outer.kind == "person" and p.gender and outer.gender == p.gender):
        name = outer and (outer.full or (outer.name if outer.proper else None))
        return _meant(scene, speaker, name, "person", f"pronouns {p.example}") if name else speaker
    taken = outer.full or outer.name if outer else None
    others = [k for k in known if not taken or k.name.of(scene.text) != taken.of(scene.text)]
    found = _antecedent(scene, speaker.source.start, p, others)
    return _meant(scene, speaker, found.name, found.kind, f"pronouns {p.example}") if found else speaker


def _antecedent(scene: Scene, at: int, p: Pronoun, known: list[Known]) -> Known | None:
    near = [k for k in known if k.kind in p.kinds and 0 < at - k.at <= scene.who.reach and not _clashes(scene, k, p, known)]
    leading = [k for k in near if k.spoke or _is_subject(scene, k)]
    if leading:
        last = max(leading, key=lambda k: k.at)
        return _fullest_known(scene, last) if last.named else None
    # Nobody led a sentence: the pronoun is sure only where one name stands near.
    names = {k.name.of(scene.text) for k in near}
    return _fullest_known(scene, near[-1]) if len(names) == 1 else None


def _clashes(scene: Scene, k: Known, p: Pronoun, known: list[Known]) -> bool:
    """Tell whether the text has shown that name to be of the other gender."""
    words = k.name.of(scene.text)
    return bool(p.gender) and any(o.gender not in ("", p.gender) for o in known if o.name.of(scene.text) == words)


def _is_subject(scene: Scene, k: Known) -> bool:
    before, after = scene.who.subject_before, scene.who.subject_after
    if not before and not after:
        return False
    return bool(
        pattern(before, scene.who).search(scene.text[max(0, k.name.start - 60) : k.name.start])
        and pattern(after, scene.who).search(scene.text[k.name.end : k.name.end + 20])
    )


def _fullest_known(scene: Scene, k: Known) -> Known:
    full = fullest(scene, k.name.of(scene.text), k.kind)
    return replace(k, name=full) if full else k


def _meant(scene: Scene, speaker: Speaker, name: Span, kind: VoiceKind, entry: str) -> Speaker:
    steps = tuple(s for s in speaker.steps if s.field not in ("kind", "named"))
    why = tuple(scene.step(f, entry, name) for f in ("kind", "named", "refers_to"))
    return replace(speaker, kind=kind, named=True, full=name, steps=(*steps, *why))


# A description


def _described(scene: Scene, speaker: Speaker, known: list[Known]) -> Speaker | None:
    if speaker.source is None or speaker.proper:
        return None
    words = speaker.source.of(scene.text)
    for d in scene.who.descriptions:
        hit = pattern(d.match, scene.who).search(words)
        found = _by(scene, d, hit.groupdict().get("head"), speaker.source.start, known) if hit else None
        if found:
            return _meant(scene, speaker, found.name, found.kind, f"descriptions {d.example[0]}")
    return None


def _by(scene: Scene, d: Description, head: str | None, at: int, known: list[Known]) -> Known | None:
    earlier = [k for k in known if k.named and k.kind in d.kinds and k.at < at]
    if d.by == "kind":
        near = [k for k in earlier if k.spoke and at - k.at <= scene.who.reach]
        return near[-1] if near else None
    ends = head.lower() if head else ""
    found = next((k for k in reversed(earlier) if _fits(scene, k, d, ends)), None)
    if found is None and d.ahead:
        later = [k for k in known if k.named and k.kind in d.kinds and k.at > at and _fits(scene, k, d, ends)]
        found = later[0] if len({_fullest_known(scene, k).name.of(scene.text) for k in later}) == 1 else None
    return _fullest_known(scene, found) if found else None


def _fits(scene: Scene, k: Known, d: Description, head: str) -> bool:
    words = (k.role or _title(scene, k) if d.by == "role" else k.name.of(scene.text)).lower()
    longer = len(words) > (len(head) if d.by == "name" else 0)
    return bool(head) and longer and (words.endswith(head) or words.startswith(head + " "))


def _title(scene: Scene, k: Known) -> str:
    """Return the title that stands at a name anywhere in the text: before it or after it, as the table says."""
    for hit in re.finditer(re.escape(k.name.of(scene.text)), scene.text):
        start, end = hit.span()
        sides = scene.text[max(0, start - 60) : start], scene.text[end : end + 12]
        for match, side in zip((scene.who.title_before, scene.who.title_after), sides, strict=True):
            if match and (title := pattern(match, scene.who).search(side)):
                return title["role"]
    return ""


# A short name


def _shortened(scene: Scene, speaker: Speaker) -> Speaker:
    if speaker.name is None or not (speaker.proper or speaker.kind in BODIES):
        return speaker
    words = speaker.name.of(scene.text)
    full = fullest(scene, words, speaker.kind)
    if full is None:
        return speaker
    steps = tuple(s for s in speaker.steps if s.field != "named")
    why = (scene.step("named", "shorts", full), scene.step("refers_to", "shorts", full))
    return replace(speaker, named=True, full=full, steps=(*steps, *why))


def fullest(scene: Scene, short: str, kind: VoiceKind) -> Span | None:
    """Return where the one longer name stands that `short` is a part of; None where there is none, or more than one."""
    found: dict[str, Span] = {}
    for s in scene.who.shorts:
        if kind in s.kinds and pattern(s.short, scene.who).search(short):
            spans = _among(scene, short, s) if s.among else _longer(scene, short, s)
            found.update({span.of(scene.text): span for span in reversed(list(spans))})
    longest = [words for words in found if not any(words != other and words in other for other in found)]
    return found[longest[0]] if len(longest) == 1 else None


def _among(scene: Scene, short: str, s: Short) -> Iterator[Span]:
    match = _template(s, scene)
    return (span for kind, span in scene.names if kind in s.kinds and match.search(span.of(scene.text).replace(short, STAND)))


def _longer(scene: Scene, short: str, s: Short) -> Iterator[Span]:
    """Yield what the text holds. One letter stands for the short name, so that the pattern need not be made anew for each."""
    text, grown = scene.text.replace(short, STAND), len(short) - 1
    for hit in _template(s, scene).finditer(text):
        start, end = (at + grown * text.count(STAND, 0, at) for at in hit.span("full"))
        lead = pattern(scene.who.lead, scene.who).match(scene.text[start:end]) if scene.who.lead else None
        start += lead.end() if lead else 0
        if end - start > len(short) and (short in scene.text[start:end] or short.isupper()):
            yield Span(start, end)


def _template(s: Short, scene: Scene) -> re.Pattern[str]:
    return pattern(s.match.replace("{short}", STAND), scene.who)
