"""The page: one file, nothing fetched, nothing run, everything escaped, and the whole of the screening on it."""

from __future__ import annotations

import re
import zlib
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from afferent.body.colours import contrast
from afferent.page import THEMES, AnswerForm, page, parts
from afferent.page.icons import icon
from afferent.page.markup import Html, el, join
from afferent.page.questions import worth_asking_cards
from afferent.page.styles import style_sheet, tokens
from afferent.words.headline import headline
from afferent.words.standing import standing
from tests.unit.words.made import KNOWLEDGE, anybody, at_ease, bare, old_clot, screened, short_of_breath

VOID = {"meta", "link", "br", "hr", "input", "img"}


class Checked(HTMLParser):
    """Every element closed in order, every id once, what refers to an id finds it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.refers: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        for key, value in attrs:
            self.attributes.append((tag, key, value))
            if key == "id":
                self.ids.append(value)
            if key in ("aria-labelledby", "aria-describedby"):
                self.refers += value.split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data + " "


def checked(screening, **how) -> Checked:
    found = Checked(page(screening, KNOWLEDGE, **how))
    assert not found.open
    assert len(set(found.ids)) == len(found.ids)
    assert set(found.refers) <= set(found.ids)
    return found


@pytest.mark.parametrize("made", [bare, old_clot, at_ease, short_of_breath])
def test_it_is_one_sound_document(made) -> None:
    screening = made()
    found = checked(screening, title="Ruth")
    assert headline(screening) in found.text
    assert not [one for one in found.attributes if one[1] == "src" or one[1].startswith("on") or one[1] == "style"]
    assert not [one for one in found.attributes if one[0] in ("script", "iframe", "img", "object", "link")]
    assert ("html", "lang", "en") in found.attributes


def test_random_people_give_sound_pages() -> None:
    for screening in anybody(25):
        found = checked(screening)
        assert "{" not in re.sub(r"<style>.*</style>", "", found.text, flags=re.DOTALL).split(":root")[0]


def test_on_a_stop_what_to_do_comes_first_and_once() -> None:
    text = page(short_of_breath(), KNOWLEDGE)
    assert text.index('id="decision"') < text.index('id="what-you-could-do"') < text.index('id="where-and-how-hard"')
    assert text.count('id="what-you-could-do"') == 1
    text = page(old_clot(), KNOWLEDGE)
    assert text.index('id="why"') < text.index('id="what-you-could-do"')


def test_no_sentence_ends_twice() -> None:
    for screening in (bare(), old_clot(), short_of_breath(), *anybody(25)):
        text = re.sub(r"<[^>]*>", "", page(screening, KNOWLEDGE).partition("</style>")[2])
        assert not re.findall(r".{40}(?<!\.)[.?!]\.(?!\.)", text)  # three dots are one sign


def test_a_close_up_lies_open_only_where_it_says_more() -> None:
    folded = re.findall(r'<details class="more close-up"( open)?>', page(bare(), KNOWLEDGE))
    assert folded == ["", ""]
    toe = screened({"touch_hurts": ["foot.left.sole.toe1"]}, tuple(KNOWLEDGE.groups))
    assert re.findall(r'<details class="more close-up"( open)?>', page(toe, KNOWLEDGE)) == [" open", ""]


def test_links_are_the_sources_and_nothing_else() -> None:
    found = checked(old_clot())
    links = {value for tag, key, value in found.attributes if key == "href" and not value.startswith("#")}
    cited = {source.url for rule in old_clot().rules for source in rule.sources}
    assert links <= cited


def test_what_a_record_says_is_text_never_markup() -> None:
    evil = '<script>alert(1)</script><b onclick="x">&'
    screening = replace(screened({"age_years": 60}, id=evil), not_understood=(evil,))
    text = page(screening, KNOWLEDGE, title=evil, about=evil)
    assert "<script" not in text
    assert "<b " not in text
    assert text.count("&lt;script&gt;") >= 3


def test_everything_of_the_screening_is_on_the_page() -> None:
    screening = old_clot()
    text = checked(screening).text
    for rule in screening.rules:
        assert rule.title in text
    for question in screening.questions:
        assert " ".join(question.text.split()) in " ".join(text.split())
    for one in screening.advice:
        assert one.title in text
    assert screening.knowledge in text


def test_a_hard_stop_has_no_way_round_it() -> None:
    text = page(short_of_breath(), KNOWLEDGE)
    assert "Within the limits" not in text
    assert "Work elsewhere" not in text
    assert text.index("What you could do") < text.index("Not for emergencies")
    assert text.index("Where, and how hard") < text.index("Not asked yet")


def test_not_understood_and_clearances_are_shown() -> None:
    screening = replace(old_clot(), not_understood=("Condition/9: I82.999, a code nobody here knows",))
    assert "Condition/9: I82.999, a code nobody here knows" in page(screening, KNOWLEDGE)


def test_the_gate_is_a_frame_with_words() -> None:
    assert "Nothing yet: ask first" in page(bare(), KNOWLEDGE)
    assert "Nothing yet: ask first" not in page(at_ease(), KNOWLEDGE)
    assert "Nothing yet: ask first" not in page(short_of_breath(), KNOWLEDGE)


def test_every_limit_of_the_figure_is_in_the_list() -> None:
    """The list says everything the map says: the figure's classes and the rows are the same."""
    from afferent.page.figures import looks
    from afferent.words.plan import plan

    for screening in anybody(30):
        stands = standing(screening, KNOWLEDGE)
        drawn = {look.cls for look in looks(stands).values()}
        rows = plan(stands, screening, KNOWLEDGE)
        listed = {"off" if row.level is None else "none" if row.level > 3 else str(row.level) for row in rows}
        assert drawn == listed


def test_strength_n_stands_in_a_dashed_box() -> None:
    text = page(old_clot(), KNOWLEDGE)
    assert "strength-n" in text
    assert re.search(r"\.strength-n \.letter\s*\{[^}]*dashed", style_sheet())


def test_a_form_sends_its_token_and_keeps_what_was_chosen() -> None:
    form = AnswerForm("/answers", "token-1", {"limb_swollen": ("unknown",)}, {"open_skin": "Name a place."})
    pieces = parts(old_clot(), KNOWLEDGE, form=form)
    assert pieces.ask.count('value="token-1"') >= 2
    assert re.search(r'name="answer.limb_swollen" value="unknown" checked', pieces.ask)
    assert "Name a place." in pieces.ask
    assert 'name="none_of" value="skin"' in pieces.ask


def test_places_given_are_ticked_and_shown_and_no_others() -> None:
    given = {"open_skin": ("yes", "foot.left.sole", "knee.right"), "limb_swollen": ("no",)}
    text = parts(old_clot(), KNOWLEDGE, form=AnswerForm("/answers", "t", given)).ask
    chosen = re.findall(r'name="([^"]+)" value="([^"]+)" checked>', text)
    places = {("where.open_skin", "foot.left.sole"), ("where.open_skin", "knee.right")}
    assert set(chosen) == {("answer.limb_swollen", "no"), ("answer.open_skin", "yes")} | places
    assert len(chosen) == 4
    assert text.count('<details class="where" open>') == 1
    assert "\0" not in text


def test_what_is_also_worth_asking_can_be_fetched_later() -> None:
    form = AnswerForm("/answers", "t")
    whole, without = (parts(old_clot(), KNOWLEDGE, form=form, further=one) for one in (True, False))
    later = worth_asking_cards(old_clot(), KNOWLEDGE, form)
    assert "Also worth asking" in whole.ask
    assert "Also worth asking" not in without.ask
    assert whole.ask.startswith(without.ask)
    assert later in whole.ask
    assert later not in without.ask
    assert 'id="more-' in later


def test_what_a_drawing_refers_to_stands_on_its_page_once() -> None:
    for made in (bare, old_clot, at_ease, short_of_breath):
        text = page(made(), KNOWLEDGE)
        ids = re.findall(r' id="([^"]+)"', text)
        used = {a or b for a, b in re.findall(r'url\(#([^)]+)\)|<use[^>]* href="#([^"]+)"', text)}
        assert used
        assert used <= set(ids)
        assert text.count('class="unseen" aria-hidden="true" width="0"') == (1 if made is short_of_breath else 2)


def test_a_page_stays_light() -> None:
    """Over the wire, without what is fetched later: a slow line, a client nobody has looked at yet."""
    for made in (bare, old_clot, at_ease):
        text = parts(made(), KNOWLEDGE, form=AnswerForm("/answers", "t"), further=False).main()
        assert len(zlib.compress(text.encode(), 6)) < 45_000


def test_the_report_asks_without_a_form() -> None:
    text = page(old_clot(), KNOWLEDGE)
    assert "<form" not in text
    assert "<button" not in text


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_can_be_fixed(theme) -> None:
    assert ("data-theme" in page(bare(), KNOWLEDGE, theme=theme).split("<head>")[0]) == (theme != "auto")


def test_markup_escapes_text_and_keeps_markup() -> None:
    assert el("p", "a < b", Html("<b>c</b>"), title='"') == '<p title="&quot;">a &lt; b<b>c</b></p>'
    assert el("input", type="radio", checked=True, name=None) == '<input type="radio" checked>'
    assert join("&", None, ["x", Html("<br>")]) == "&amp;x<br>"


# Text and the grounds it stands on.
TEXTS = {
    "ink": ("paper", "surface", "sunk", "care-tint", "accent-tint", "stop-tint"),
    "ink-2": ("paper", "surface", "sunk"),
    "accent": ("paper", "surface"),
    "stop": ("paper", "surface", "sunk"),
    "care": ("paper", "surface", "sunk"),
    "on-accent": ("accent",),
    "on-stop-fill": ("stop-fill",),
    "on-good-fill": ("good-fill",),
    "on-care-fill": ("care-fill",),
}


@pytest.mark.parametrize("theme", ["light", "dark", "contrast", "print"])
@pytest.mark.parametrize(("text", "ground"), [(text, ground) for text, grounds in TEXTS.items() for ground in grounds])
def test_text_has_seven_to_one(theme: str, text: str, ground: str) -> None:
    colours = tokens()[theme]
    assert contrast(colours[text], colours[ground]) >= 7


@pytest.mark.parametrize("theme", ["light", "dark", "contrast", "print"])
def test_borders_of_controls_have_three_to_one(theme: str) -> None:
    colours = tokens()[theme]
    assert all(contrast(colours["edge"], colours[ground]) >= 3 for ground in ("paper", "surface"))


def test_the_style_sheet_uses_only_tokens_that_exist() -> None:
    own = re.split(r"\n/\* Components", style_sheet())[1]
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", own))
    assert used - {"shape", "mm"} <= set(tokens()["light"])
    screen = own.split("@page")[0]
    assert not re.findall(r"#[0-9a-fA-F]{3,6}\b", screen)
    assert not re.findall(r"box-shadow|text-shadow|@import|url\(", own)
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)rem", screen)]
    assert min(sizes) >= 1


def test_what_holds_after_a_no_is_on_the_page() -> None:
    from afferent.words.plan import plan

    rows = plan(standing(old_clot(), KNOWLEDGE), old_clot(), KNOWLEDGE)
    said = [row.afterwards for row in rows if row.afterwards]
    assert said
    assert all(words in page(old_clot(), KNOWLEDGE) for words in said)


def test_enter_in_a_field_never_says_none_of_these() -> None:
    """Enter presses the first button of a form."""
    for form in parts(old_clot(), KNOWLEDGE, form=AnswerForm("/answers", "t")).ask.split("<form ")[1:]:
        assert "none_of" not in re.findall(r"<button[^>]*>", form)[0]


def test_the_small_question_mark_is_drawn_in_an_outline() -> None:
    """Small and filled it would look like a letter that is missing."""
    drawn = icon("ask")
    assert 'fill="currentColor"/><path' not in drawn
    assert drawn.count("<path") == 2
    assert "�" not in page(bare(), KNOWLEDGE)
