"""Whom a pronoun, a short name, a description or a missing source stands for: a speaker and those before in, a full name out."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from msgspec.structs import replace

from onrecord.extraction.scene import Known, Scene, Speaker
from onrecord.extraction.shorts import fullest
from onrecord.languages._who import Description, Pronoun, pattern
from onrecord.record import Span, VoiceKind
from onrecord.tagger.spans import Attribution

# Between a voice and a missing source of the same voice at most this many letters of other sentences may stand.
NEAR = 12
# A title's holder is looked for among so many names.
FAR = 60
BODIES: tuple[VoiceKind, ...] = ("organization", "government", "outlet")


Around = tuple[Speaker | None, *tuple[tuple[Attribution, Speaker], ...]]


def refer(scene: Scene, speaker: Speaker, a: Attribution, known: list[Known], around: Around) -> Speaker:
    """Find the full name that a speaker stands for, or leave it open. `around`: the voice around it, and the one before it."""
    outer, *before = around
    if a.source is None:
        return _dropped(scene, a, outer, before[0] if before else None)
    if speaker.pronoun:
        return _pointed(scene, speaker, speaker.pronoun, known, outer)
    return _apposed(scene, speaker, a.source) or _described(scene, speaker, known) or _shortened(scene, speaker)


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
    found = _antecedent(scene, speaker.source.start, p, known, outer)
    return _meant(scene, speaker, found.name, found.kind, f"pronouns {p.example}") if found else speaker


def _antecedent(scene: Scene, at: int, p: Pronoun, known: list[Known], outer: Speaker | None) -> Known | None:
    taken = outer.full or outer.name if outer else None
    others = [k for k in _near(scene, known, at) if not taken or k.name.of(scene.text) != taken.of(scene.text)]
    near = [k for k in others if k.kind in p.kinds and not _clashes(scene, k, p)]
    leading = [k for k in near if k.spoke or _is_subject(scene, k)]
    if leading:
        last = max(leading, key=lambda k: k.at)
        return _fullest_known(scene, last) if last.named else None
    # Nobody led a sentence: the pronoun is sure only where one name stands near.
    names = {k.name.of(scene.text) for k in near}
    return _fullest_known(scene, near[-1]) if len(names) == 1 else None


def _near(scene: Scene, known: list[Known], at: int) -> list[Known]:
    first, end = (bisect_left(known, place, key=lambda k: k.at) for place in (at - scene.who.reach, at))
    return known[first:end]


def _clashes(scene: Scene, k: Known, p: Pronoun) -> bool:
    """Tell whether the text shows that name to be of the other gender."""
    words = k.name.of(scene.text)
    return bool(p.gender) and any(gender != p.gender for name, gender in scene.genders if name == words)


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
    here = bisect_left(known, at, key=lambda k: k.at)
    if d.by == "kind":
        return next((k for k in reversed(_near(scene, known, at)) if k.spoke and k.named and k.kind in d.kinds), None)
    ends = head.lower() if head else ""
    found = next((k for k in reversed(known[max(0, here - FAR) : here]) if _fits(scene, k, d, ends)), None)
    if found is None and d.ahead:
        later = [k for k in known[here : here + FAR] if _fits(scene, k, d, ends)]
        found = later[0] if len({_fullest_known(scene, k).name.of(scene.text) for k in later}) == 1 else None
    return _fullest_known(scene, found) if found else None


def _fits(scene: Scene, k: Known, d: Description, head: str) -> bool:
    if not k.named or k.kind not in d.kinds:
        return False
    words = (k.role or _title(scene, k) if d.by == "role" else k.name.of(scene.text)).lower()
    longer = len(words) > (len(head) if d.by == "name" else 0)
    return bool(head) and longer and (words.endswith(head) or words.startswith(head + " "))


def _title(scene: Scene, k: Known) -> str:
    """Return the title that stands at a name: before it or after it, as the table says."""
    sides = scene.text[max(0, k.name.start - 60) : k.name.start], scene.text[k.name.end : k.name.end + 12]
    tables = zip((scene.who.title_before, scene.who.title_after), sides, strict=True)
    return next((hit["role"] for match, side in tables if match and (hit := pattern(match, scene.who).search(side))), "")


# A name beside a description


def _apposed(scene: Scene, speaker: Speaker, source: Span) -> Speaker | None:
    """Give a source that only describes the name that stands after it: "the group's chairman, Ola Trent"."""
    if not scene.who.apposed or speaker.named or speaker.kind not in ("person", "unknown"):
        return None
    hit = pattern(scene.who.apposed, scene.who).match(scene.text, source.end)
    if not hit:
        return None
    full = Span(*hit.span("full"))
    steps = tuple(s for s in speaker.steps if s.field not in ("kind", "named"))
    why = tuple(scene.step(field, "apposed", full) for field in ("kind", "named", "refers_to"))
    return replace(speaker, kind="person", named=True, full=full, steps=(*steps, *why))


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
