"""Names: what a piece looks like, where a name ends, how the sets of names are read, and copies with other names."""

import random

import numpy as np

from bench import mentions
from onrecord.record import Mention, MentionKind, Span
from onrecord.tagger import agreed, edges, shape, tag
from onrecord.tagger.pieces import Window
from training import meantime, names, news
from training.examples import Text

SEEN: tuple[tuple[int, MentionKind, float], ...] = ((0, "place", 0.85), (9, "person", 0.74), (30, "person", 0.77))


def window(text: str, *pieces: str) -> Window:
    offsets, at = [], 0
    for piece in pieces:
        start = text.index(piece, at)
        at = start + len(piece)
        offsets.append((start, at))
    return Window(tuple(range(len(offsets))), tuple(offsets))


def looks(text: str, *pieces: str) -> list[tuple[int, int]]:
    return [divmod(int(n), 3) for n in shape.shapes(text, window(text, *pieces))[1:-1]]


def test_a_shape_tells_case_and_what_parts_a_piece_from_the_one_before():
    assert looks("Ann of ABC 7\nB", "An", "n", "of", "ABC", "7", "B") == [
        (shape.CAPITAL, shape.LINE),
        (shape.LOWER, shape.JOINED),
        (shape.LOWER, shape.BLANK),
        (shape.UPPER, shape.BLANK),
        (shape.DIGIT, shape.BLANK),
        (shape.INITIAL, shape.LINE),
    ]


def test_a_shape_tells_the_scripts_of_japanese():
    assert [look for look, _ in looks("日本のメディア、はい", "日本の", "メディア", "、", "はい")] == [
        shape.INFLECTED,
        shape.KATAKANA,
        shape.OTHER,
        shape.HIRAGANA,
    ]


def test_every_shape_has_a_row_and_the_marks_have_their_own():
    seen = shape.shapes("あアA", window("あアA", "あアA"))
    assert seen[0] == seen[-1] == shape.MARK
    assert seen.max() < shape.SHAPES
    assert list(shape.opens_line(seen)) == [False, True, False]


def name(text: str, words: str, last: str) -> str | None:
    start = text.index(words)
    found = edges.name(text, Span(start, start + len(words)), text.index(last))
    return found.of(text) if found else None


def test_a_particle_inside_the_last_piece_is_no_part_of_a_name():
    assert name("今回、日本のメディア", "日本の", "日本の") == "日本"
    assert name("さいたまの人", "さいたま", "たま") == "さいたま"
    assert name("板倉あや", "板倉あや", "あや") == "板倉あや"


def test_a_point_that_the_sentence_goes_on_after_belongs_to_the_name():
    assert name("of Enron Corp. common stock", "Enron Corp.", ".") == "Enron Corp."
    assert name("sold Enron. Then", "Enron.", ".") == "Enron"


def test_a_name_is_of_one_kind_throughout_a_text():
    seen = [Mention("Trump", Span(at, at + 5), kind, score=score) for at, kind, score in SEEN]
    assert [m.kind for m in agreed(seen)] == ["person"] * 3
    assert [m.score for m in agreed(seen)] == [0.85, 0.74, 0.77]


def test_no_name_runs_over_the_end_of_a_line():
    text = "Chancellor Angela Merkel\nBarack Obama\n安倍晋三\n麻生太郎"
    assert not any("\n" in m.name for m in tag(text, Span(0, len(text))).mentions)


def test_labelled_words_become_texts_with_names(tmp_path):
    japanese = tmp_path / "a.bio"
    japanese.write_text("New\tB-ORG\nYork\tI-ORG\nの\tO\n田中\tB-PERSON\n一郎\tI-PERSON\n\n東京\tB-GPE\n塔\tB-FAC\n\n", "utf-8")
    one, two = mentions.documents(japanese)
    assert (one.text, one.names) == ("New Yorkの田中一郎", {(0, 8, "organization"), (9, 13, "person")})
    assert (two.text, two.names) == ("東京塔", {(0, 2, "place")})


def test_sentences_of_one_document_are_lines_of_one_text(tmp_path):
    english = tmp_path / "a.iob2"
    english.write_text(
        "# newdoc id = a\n# text = Hi, Ann\n1\tHi\tO\n2\t,\tO\n3\tAnn\tB-PER\n\n# text = Rome.\n1\tRome\tB-LOC\n2\t.\tO\n", "utf-8"
    )
    (document,) = mentions.documents(english)
    assert (document.text, document.names) == ("Hi, Ann\nRome.", {(4, 7, "person"), (8, 12, "place")})


def test_a_phrase_of_meantime_is_a_name_where_its_words_have_capitals(tmp_path):
    folder = tmp_path / "corpus_gm"
    folder.mkdir()
    words = ["The", "CEO", "of", "General", "Motors", ",", "Rick", "Wagoner", ",", "spoke"]
    tokens = "".join(f'<token number="{i}" sentence="0" t_id="{i}">{w}</token>' for i, w in enumerate(words))
    spans = {"1": range(3, 5), "2": range(6, 8), "3": range(5)}
    marks = "".join(
        f'<ENTITY_MENTION m_id="{m}">' + "".join(f'<token_anchor t_id="{i}"/>' for i in at) + "</ENTITY_MENTION>"
        for m, at in spans.items()
    )
    kinds = '<ENTITY m_id="8" ent_type="ORG"/><ENTITY m_id="9" ent_type="PER"/>'
    links = "".join(
        f'<REFERS_TO><source m_id="{m}"/><target m_id="{e}"/></REFERS_TO>' for m, e in (("1", "8"), ("2", "9"), ("3", "9"))
    )
    (folder / "a.xml").write_text(f"<Document>{tokens}{marks}{kinds}{links}</Document>", "utf-8")
    (text,) = meantime.texts(tmp_path)
    assert text.text == "The CEO of General Motors, Rick Wagoner, spoke"
    assert text.names == ((11, 25, "organization"), (27, 39, "person"))


def test_in_a_copy_a_name_gives_way_to_the_same_other_wherever_it_stands(monkeypatch):
    monkeypatch.setattr(names, "SWAPPED", 1)
    text = Text("", "Ann met ann and Ann.", names=((0, 3, "person"), (8, 11, "person"), (16, 19, "person")))
    (copy,) = names.swapped([text], {"person": ["Joan"]}, random.Random(0))  # noqa: S311  # seeded
    assert copy.text == "Joan met joan and Joan."
    assert [copy.text[s:e] for s, e, _ in copy.names or ()] == ["Joan", "joan", "Joan"]


def test_an_inside_label_at_the_start_of_a_line_is_out_of_the_question():
    text = "Ann\nBen"
    seen = shape.shapes(text, window(text, "Ann", "Ben"))
    assert np.flatnonzero(shape.opens_line(seen)).tolist() == [1, 2]


def test_our_own_sentences_name_a_person_by_the_family_name_alone_the_second_time(monkeypatch, tmp_path):
    file = tmp_path / "news.txt"
    file.write_text("# a comment\nen\t{p1} of {o1} left {c1}. {f1} is back in {c1}.\n", "utf-8")
    monkeypatch.setattr(news, "FILE", file)
    monkeypatch.setattr(news, "UNHEARD", 0)
    pool = {"person": ["Ann Lee"], "family": ["Ray"], "organization": ["the Post"], "place": ["Rome"]}
    (text,) = news.texts({"en": pool}, random.Random(0), 1)  # noqa: S311  # seeded
    assert text.text == "Ann Lee of the Post left Rome. Lee is back in Rome."
    assert [(text.text[s:e], kind) for s, e, kind in text.names or ()] == [
        ("Ann Lee", "person"),
        ("Post", "organization"),
        ("Rome", "place"),
        ("Lee", "person"),
        ("Rome", "place"),
    ]
