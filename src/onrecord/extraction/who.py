"""Who: drafts of claims in, for each its voices with kind, name, role and whom they refer to, and the steps that say why."""

import re
from bisect import insort
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from onrecord.extraction.refers import learn, refer
from onrecord.extraction.said import Draft, act
from onrecord.extraction.scene import Known, Scene, Speaker
from onrecord.extraction.shorts import fullest
from onrecord.languages import Language
from onrecord.languages._who import Kind, pattern
from onrecord.record import Mention, Report, Span, Step, Voice, VoiceKind
from onrecord.tagger.spans import Attribution

# A place that speaks is its government.
PLACES: dict[str, VoiceKind] = {"person": "person", "organization": "organization", "place": "government", "group": "group"}
Identified = tuple[tuple[Voice, ...], tuple[Step, ...]]


class Link(Struct, frozen=True):
    """An attribution, the one whose content it stands in, and where it begins: at its source, or at its first word."""

    at: int
    attribution: Attribution
    outer: Attribution | None


def identify(report: Report, language: Language, drafts: Sequence[Draft], mentions: Sequence[Mention]) -> tuple[Identified, ...]:
    """Return for each draft its voices, outermost first, and one step for each field that was filled.

    name, role and refers_to are cut out of the report; what is not sure stays None.
    """
    scene = Scene(report.text, language, tuple(sorted(mentions, key=lambda m: m.span)))
    speakers: dict[Attribution, Speaker] = {}
    links = _links(drafts)
    read = {link.attribution: _read(scene, link.attribution.source) for link in links}
    scene = replace(scene, names=_names(scene, read.values()), genders=_genders(scene, read.values()))
    seen = (k for link in links for k in learn(scene, read[link.attribution], link.at))
    known = sorted([*(Known(m.span.start, m.span, PLACES[m.kind]) for m in scene.mentions if m.kind in PLACES), *seen], key=_at)
    before: tuple[Attribution, Speaker] | None = None
    for link in links:
        a = link.attribution
        spoke = [before] if before else []
        speaker = refer(scene, read[a], a, known, (speakers.get(link.outer) if link.outer else None, *spoke))
        speakers[a] = speaker
        for k in learn(scene, speaker, link.at, spoke=link.outer is None):
            insort(known, k, key=_at)
        before = before if link.outer else (a, speaker)
    return tuple(_identified(scene, draft, speakers) for draft in drafts)


def _links(drafts: Sequence[Draft]) -> list[Link]:
    """List the attributions of all drafts once, in the order in which their voices appear."""
    outer = {a: above for d in drafts for above, a in zip((None, *d.chain), d.chain, strict=False)}
    return sorted((Link(_start(a), a, above) for a, above in outer.items()), key=lambda k: (k.at, k.attribution.cue))


def _names(scene: Scene, speakers: Iterable[Speaker]) -> tuple[tuple[VoiceKind, Span], ...]:
    """List each name once for each kind, where it stands first."""
    spoken = [(s.kind, s.name) for s in speakers if s.named and s.name]
    seen = [(PLACES[m.kind], m.span) for m in scene.mentions if m.kind in PLACES]
    return tuple({(kind, span.of(scene.text)): (kind, span) for kind, span in reversed([*seen, *spoken])}.values())


def _genders(scene: Scene, speakers: Iterable[Speaker]) -> tuple[tuple[str, str], ...]:
    return tuple({(s.name.of(scene.text), s.gender) for s in speakers if s.proper and s.name and s.gender})


def _at(k: Known) -> int:
    return k.at


def _start(a: Attribution) -> int:
    return a.source.start if a.source else min(s.start for s in (*a.cue, *a.content))


def _identified(scene: Scene, draft: Draft, speakers: dict[Attribution, Speaker]) -> Identified:
    pairs = [_voice(scene, a, speakers[a]) for a in draft.chain]
    steps = (replace(step, field=f"voices.{i}.{step.field}") for i, (_, why) in enumerate(pairs) for step in why)
    return tuple(voice for voice, _ in pairs), tuple(steps)


def _voice(scene: Scene, a: Attribution, speaker: Speaker) -> tuple[Voice, tuple[Step, ...]]:
    deed, why = act(scene.text, a.cue, scene.language, speaker.kind)
    name, role, full = (span.of(scene.text) if span else None for span in (speaker.name, speaker.role, speaker.full))
    voice = Voice(name, a.source, speaker.kind, speaker.named, role, deed, a.cue, refers_to=full)
    told = any(step.field == "name" for step in speaker.steps)
    return voice, (*speaker.steps, *([scene.step("name", "article", speaker.name)] if speaker.name and not told else []), why)


# What the words of a source tell


def _read(scene: Scene, source: Span | None) -> Speaker:
    if source is None:
        return Speaker(None)
    head = _head(scene, source)
    form = _titled(scene, source, head)
    # a title inside the name that the tagger saw is no part of it
    parted = form if form and form.proper and form.name != head else None
    speaker = _pronoun(scene, source) or parted or _alone(scene, source, head) or _by_table(scene, source, head)
    return speaker or _by_name(scene, source, head)


def _head(scene: Scene, source: Span) -> Span:
    """Cut off what stands before and after the noun that decides: the article, "of …", "who …", a bracket."""
    who, words = scene.who, source.of(scene.text)
    start = len(words) - len(re.sub(who.article, "", words, count=1))
    tail = pattern(who.tail, who).search(words, start + 1) if who.tail else None
    return Span(source.start + start, source.start + (tail.start() if tail else len(words)))


def _pronoun(scene: Scene, source: Span) -> Speaker | None:
    words = source.of(scene.text)
    for p in scene.who.pronouns:
        if pattern(p.match, scene.who).search(words):
            step = scene.step("kind", f"pronouns {p.example}", source)
            return Speaker(source, p.kinds[0], name=source, gender=p.gender, pronoun=p, steps=(step, _named(step)))
    return None


def _alone(scene: Scene, source: Span, head: Span) -> Speaker | None:
    """Read a source that the tagger saw to be a person's name and nothing else, whatever its letters look like."""
    hit = next((m for m in scene.within(head) if m.kind == "person" and m.span == head), None)
    return _person(scene, source, head, None, Step("kind", "tagger", head)) if hit else None


def _by_table(scene: Scene, source: Span, head: Span) -> Speaker | None:
    """Read a source by its title and name; where no name is in it, by the words that end it."""
    person = _titled(scene, source, head)
    if person and person.named:
        return person
    rule = scene.kind(head)
    if rule and rule.kind != "person":
        return _body(scene, source, head, rule)
    return person or (_body(scene, source, head, rule) if rule else None)


def _titled(scene: Scene, source: Span, head: Span) -> Speaker | None:
    for form in scene.who.forms:
        if hit := pattern(form.match, scene.who).search(head.of(scene.text)):
            name, role = (_group(hit, g, head.start) for g in ("name", "role"))
            step = scene.step("kind", f"forms {form.example[0]}", head)
            true = _true_name(scene, name, role)
            if name and role and not true and name.end == role.start:
                role = Span(name.start, role.end)
            return _person(scene, source, true, role, step)
    return None


def _by_name(scene: Scene, source: Span, head: Span) -> Speaker:
    """Read a source that no table knows: by the name that ends it, else by its looks, else not at all."""
    last = next((m for m in scene.within(head) if m.span.end == head.end and m.kind in PLACES), None)
    if last and last.kind == "person":
        return _person(scene, source, last.span, None, Step("kind", "tagger", last.span))
    if last:
        step = Step("kind", "tagger", last.span)
        return Speaker(source, PLACES[last.kind], named=True, name=_bare(scene, source), steps=(step, _named(step)))
    words = head.of(scene.text)
    if scene.who.looks and pattern(f"^(?:{scene.who.looks})$", scene.who).search(words):
        step = scene.step("kind", "name", head)
        if words.isupper() and words.isascii():
            return Speaker(source, "organization", named=True, name=head, steps=(step, _named(step)))
        return _person(scene, source, head, None, step)
    if re.match(scene.who.capital, words) and fullest(scene, words, "person"):
        return _person(scene, source, head, None, scene.step("kind", "shorts", head))
    return Speaker(source, name=_bare(scene, source))


def _body(scene: Scene, source: Span, head: Span, rule: Kind) -> Speaker:
    step = scene.step("kind", f"kinds {rule.example}", head)
    bare = _bare(scene, source)
    named = _is_named(scene, bare) if rule.named is None else rule.named
    return Speaker(source, rule.kind, named, name=bare, head=head, steps=(step, _named(step)))


def _is_named(scene: Scene, bare: Span) -> bool:
    """Tell whether a capital stands in the words; a sentence's first one counts unless the text writes that word small too."""
    words, before = bare.of(scene.text), scene.text[: bare.start].rstrip(" ")[-1:]
    if re.search(scene.who.capital, words[1:]):
        return True
    if not re.match(scene.who.capital, words):
        return False
    first = re.escape(words.split()[0].lower())
    return before not in ("", "\n", *".!?\"“‘'") or not re.search(rf"\b{first}\b", scene.text)


def _bare(scene: Scene, source: Span) -> Span:
    words = source.of(scene.text)
    return Span(source.end - len(re.sub(scene.who.article, "", words, count=1)), source.end)


def _person(scene: Scene, source: Span, name: Span | None, role: Span | None, step: Step) -> Speaker:
    aside = None if role else _aside(scene, source)
    role = role or aside
    steps = [step, replace(step, field="named")]
    if name:
        steps.append(Step("name", step.rule, name))
    if role:
        steps.append(Step("role", scene.rule("aside") if aside else step.rule, role))
    proper, bare = name is not None, name or _bare(scene, source)
    speaker = Speaker(source, "person", proper, name=bare, role=role, proper=proper, steps=tuple(steps))
    return replace(speaker, gender=_gender(scene, source))


def _true_name(scene: Scene, name: Span | None, role: Span | None) -> Span | None:
    """Take a body's name for none: 運輸省報道官 names nobody, nor does 北見市長 where 北見市 is read elsewhere."""
    if name is None:
        return None
    if tail := (pattern(scene.who.tail, scene.who).search(name.of(scene.text)) if scene.who.tail else None):
        name = Span(name.start, name.start + tail.start())
    words = name.of(scene.text)
    rule = scene.kind_of(words)
    if rule and rule.kind != "person":
        return None
    if any(m.kind != "person" and m.span.end == name.end for m in scene.within(name)):
        return None
    if role and role.start == name.end:
        begun = scene.text[role.start]
        more = re.escape(words + begun) + f"(?!{re.escape(scene.text[role.start + 1 : role.start + 2])})"
        return None if re.search(more, scene.text) else name
    return name


def _aside(scene: Scene, source: Span) -> Span | None:
    if not scene.who.aside:
        return None
    hit = pattern(scene.who.aside, scene.who).search(scene.text[source.end : source.end + 120])
    return _group(hit, "role", source.end) if hit else None


def _gender(scene: Scene, source: Span) -> str:
    words = source.of(scene.text)
    return next((h.gender for h in scene.who.hints if re.search(h.match, words)), "")


def _group(hit: re.Match[str], name: str, offset: int) -> Span | None:
    return Span(offset + hit.start(name), offset + hit.end(name)) if hit[name] else None


def _named(step: Step) -> Step:
    return replace(step, field="named")


__all__ = ["Identified", "identify"]
