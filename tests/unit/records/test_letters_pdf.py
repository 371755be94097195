"""Letters as pages: the same bytes each time, for every reader, by fax too, and safe from whatever somebody wrote."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.records.letters.paper import Client, Clinic, Recipient, Reply
from afferent.records.letters.pdf import pdf
from afferent.records.letters.text import glyphs
from afferent.safety import resolve, screen
from tests.unit.records.letters_made import AS_OF, CLINIC, letters, request_of
from tests.unit.records.pages_read import box_before, faxed, outside, says, words

pypdf = pytest.importorskip("pypdf", reason="NOT TESTED: pypdf is not installed")
KNOWLEDGE = load()
CLOT = {"clot_ever": "right", "clot_date": "2019-05-01", "anticoagulant": "yes", "medicines": None}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def asked(given=None, **changed):
    given = given or {"clot_ever": "right", "clot_date": "2019-05-01", "anticoagulant": "yes"}
    return request_of(screen(resolve([*statements(given, KNOWLEDGE, AS_OF)], KNOWLEDGE, AS_OF), KNOWLEDGE), **changed)


EVERY = (asked(), *letters())


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("letter", EVERY, ids=lambda one: type(one).__name__)
def test_one_page_of_the_right_size_and_the_same_bytes_each_time(letter, paper) -> None:
    data = pdf(letter, paper)
    assert data == pdf(letter, paper)
    pages = pypdf.PdfReader(__import__("io").BytesIO(data)).pages
    assert len(pages) == 1
    width, height = (round(float(side)) for side in pages[0].mediabox[2:])
    assert (width, height) == ((595, 842) if paper == "a4" else (612, 792))
    assert outside(data) == []


@pytest.mark.parametrize("letter", EVERY, ids=lambda one: type(one).__name__)
def test_it_is_tagged_for_a_screen_reader(letter) -> None:
    reader = pypdf.PdfReader(__import__("io").BytesIO(pdf(letter)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title.endswith("22 November 2026")
    assert b"pdfuaid" in root["/Metadata"].get_data()


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(
    "link", ["https://clinic.example/a/7fK2", "https://a-rather-long.clinic.example.org/answer/" + "aB3-" * 12]
)
def test_by_fax_the_code_still_reads_and_the_boxes_are_clear(paper, link) -> None:
    zxing = pytest.importorskip("zxingcpp", reason="NOT TESTED: zxing-cpp is not installed")
    import numpy as np

    data = pdf(asked(reply=Reply(link)), paper)
    picture = np.where(faxed(data), 0, 255).astype(np.uint8)
    assert [one.text for one in zxing.read_barcodes(picture)] == [link]
    for word in ("fine", "limit to", "do not", "Nothing", "Adapt", "Inadvisable"):
        inside, sides = box_before(data, word)
        assert inside == 0, word
        assert sides > 0.6, word


def test_everything_that_must_be_there_is_there() -> None:
    page = words(pdf(asked()))[0]
    for text in (
        "Request for information before massage", "Dr. Amara Osei", "Mae Tor", "Ruth Example", "14 March 1958",
        "Clot in the RIGHT leg, 2019", "Is any clot left?", "A blood thinner", "Taken for:", "Fine: at most 1 light",
        "Nothing found against it", "Adapt", "Inadvisable", "Valid until 20 February 2027", "unless you write",
        "Release signed by the client on 20 November 2026", "not for permission", "knowledge version", "Page 1 of 1",
        "https://clinic.example/a/7fK2-9xQd-Lm3T", "fax +1 555 0118", "client's RIGHT", "The RIGHT leg: not until you",
    ):  # fmt: skip
        assert says(page, text), text


def test_without_a_consent_there_is_a_place_to_sign_and_without_a_link_no_code() -> None:
    page = words(pdf(asked(consent=None, reply=Reply(phone="+1 555 0117"))))[0]
    assert says(page, "Release by the client (signature and date)")
    assert not says(page, "https://")


def test_nothing_that_anybody_wrote_becomes_a_program() -> None:
    evil = '#eval("1+1") #import "/etc/passwd" $x$ *b* _i_ `raw` \\ ] ) } #{ panic() } @ref <label> // c /* c */'
    page = words(pdf(asked(why=evil, client=Client(evil), to=Recipient(evil))))[0]
    assert says(page, '#eval("1+1")')
    assert says(page, "#{ panic() }")


HOSTILE = (
    "x" * 5000, "word " * 1000, "שלום עולם " * 40, "مرحبا بالعالم " * 40, "😀🏳️‍🌈👩‍👩‍👧‍👦 " * 60, "王伟 " * 300,
    "\x00\x07\x1b[31m\x85",
    "\u202egnp.exe\u202c\u2066x\u2069", "a" + "\u0301" * 400, "\ud800\udfff", "\ufeff\u200b\u200d\u00ad",
    "\ue000\uf8ff\uffff",
    "line\nline\r\nline\u2028line", "\t\t\t", "&lt;b&gt; <script>", "İıŁđĐẞ ﬁ ﬄ ½ ™ ℞ ☐ ✓ → ≥ °C µL", "𝕳𝖊𝖑𝖑𝖔 𐍈",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_written_it_compiles_and_stays_on_its_page(text) -> None:
    clinic = Clinic(text, (text, text, text, text), text, text, text, (text, text), text)
    changed = {"clinic": clinic, "to": Recipient(text, text, (text,), text, text), "client": Client(text)}
    for letter in (asked(why=text, rhythm=text, **changed), *letters(**changed)):
        data = pdf(letter, "letter")
        assert len(words(data)) == 1
        assert outside(data) == []


def test_what_cannot_be_printed_is_shown_as_such_and_said() -> None:
    page = words(pdf(asked(client=Client("王伟 Example"))))[0]
    assert says(page, "stands for a sign that this page cannot print")


@pytest.mark.parametrize("logo", [PNG, SVG])
def test_a_logo_stands_on_the_paper(logo) -> None:
    with_logo = Clinic(
        **{name: getattr(CLINIC, name) for name in CLINIC.__struct_fields__ if name != "logo"}, logo=logo
    )
    data = pdf(asked(clinic=with_logo))
    assert len(words(data)) == 1
    assert data != pdf(asked())


@pytest.mark.parametrize("logo", [b"GIF89a nonsense", b"<svg", b"\x00" * 40, b"%PDF-1.7"])
def test_a_logo_that_is_no_picture_is_refused_in_a_sentence(logo) -> None:
    with pytest.raises(InputError, match="logo: "):
        pdf(asked(clinic=Clinic("Riverside", logo=logo)))


def test_a_paper_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match="choose a4 or letter"):
        pdf(asked(), "a5")


def test_no_letter_tells_anybody_what_illness_they_have() -> None:
    for letter in EVERY:
        page = " ".join(words(pdf(letter))).lower()
        assert "youhave" not in page
        assert "repairnerves" not in page or "notexpectedtorepairnerves" in page


def test_a_later_day_gives_a_later_letter() -> None:
    assert pdf(asked(as_of=AS_OF + dt.timedelta(days=1))) != pdf(asked())


def test_the_typeface_has_every_sign_that_is_let_through() -> None:
    typst = pytest.importorskip("typst")
    every = " ".join(f'a#text("\\u{{{ord(sign):x}}}") *b#text("\\u{{{ord(sign):x}}}")*' for sign in sorted(glyphs()))
    head = '#set document(title: "x")\n#set text(font: "Libertinus Serif", fallback: false)\n= x\n'
    compiler = typst.Compiler(ignore_system_fonts=True)
    assert compiler.compile((head + every).encode(), format="pdf", pdf_standards=["ua-1"], timestamp=0)


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from(sorted(glyphs())), max_size=300), st.text(max_size=300))
def test_any_text_at_all_compiles(known: str, any_text: str) -> None:
    both = known + any_text
    data = pdf(asked(why=both, client=Client(both), to=Recipient(any_text, known)))
    assert outside(data) == []
