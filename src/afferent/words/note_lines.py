"""Each line of a note as a sentence or two. One function for each kind of line; `sentence_of` finds it.

Whole sentences, and nothing that the line does not hold: no answer is "no answer", a numb place is "no guide".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from afferent.body.regions import AREA
from afferent.visit import note_lines as note
from afferent.visit.course import Place
from afferent.visit.events import Found
from afferent.visit.note import Names
from afferent.words.visit import BUTTONS, DETAILS, FOUND, after, clean, lasting, quoted, times, where
from afferent.words.vocabulary import at_most, capital, counted, in_words, level, listed, lower_first, sentence

_NO_GUIDE: Final = " Feeling is no guide there."
_WHEN: Final = {"before": "Before the first touch", "during": "During the visit", "after": "Afterwards"}
_ENDED: Final = {"stopped": "it was stopped", "rescreened": "a finding closed it", "other": "for another reason"}
_ENTRIES: Final = {
    "opened": "opening the visit", "said": "a word said aloud", "stop_because": "why it was stopped",
    "warmed_off": "taking off what was warm or cold",
    "moved": "a change of place", "pressure": "a change of pressure", "skin": "a look at the skin",
    "asked": "a check-in", "noted": "words of the therapist", "ended": "the end of the visit",
    "began": "the first touch", "hands_off": "hands off", "went_on": "going on", "warmed": "something warm or cold",
    "turned": "a change of position", "crossed": "a limit gone beyond",
    "scored": "a number from 0 to 10", "skipped": "a question that was skipped",
}  # fmt: skip
_NO_REASON: Final = "No reason was written down."
_REPORTS: Final[dict[note.Telling, str]] = {
    "call_emergency": "The emergency number is called, and somebody stays with {client}.",
    "medical_care_same_day": "{client} is asked to be seen by a clinician today.",
    "new_wound_seen_today": "{client} is asked to have the new wound seen today; pain would not have warned.",
    "advise_offload": "{client} is asked to put no weight on that foot until it has been seen.",
    "tell_foot_care_team": "With the consent of {client}, the foot care team is told what was seen and where.",
    "tell_clinician": "With the consent of {client}, the clinician is told what was noticed.",
}
_PAIN_ASKS: Final = {
    "": "", "over": " That is too much while touched (our default).",
    "lighten": " That asks for less, or for leaving the place (our default).",
    "leave": " That ends the place for this visit (our default).",
}  # fmt: skip
_PAIN_THEN: Final = {
    "": " Nobody noted that it was eased.", "left": " Hands went on elsewhere.", "stopped": " Hands went off.",
    "lighter": " The pressure was lowered.", "ended": " The visit ended.",
}  # fmt: skip
_FEET: Final = AREA["foot.left"] | AREA["foot.right"]


def sentence_of(line: note.Line, names: Names) -> str:
    """One line in words."""
    return capital(_SAYS[type(line)](line, names))


def _since(line: note.SinceLast, _: Names) -> str:
    return sentence(clean(line.says))


def _heard(line: note.Heard, names: Names) -> str:
    word = BUTTONS[line.word] + (f": {DETAILS[line.detail]}" if line.detail else "")
    on = f", on {_at(line.place, names)}" if line.place else ", with hands off"
    asked = "asked how it was, " if line.asked else ""
    did = "said aloud" if line.aloud else "pressed"
    return f"{capital(after(line.after))}{on}, {asked}{names.client} {did} {word}.{_guide(line.numb)}"


def _at(place: Place, names: Names) -> str:
    """ "the left foot (sole) during slow effleurage at 1 light lotioning"."""
    return f"{where(place.regions)} during {_work(place.work, names)} at {level(place.level)}"


def _answers(line: note.Answers, _: Names) -> str:
    on = f"On {where(line.regions)}" if line.regions else "With hands off"
    told = [(BUTTONS[word], count) for word, count in line.words]
    told += [("no answer", line.no_answer)] if line.no_answer else []
    parts = [word if count == 1 and len(told) == 1 else f"{word} {times(count)}" for word, count in told]
    how = f"asked {times(line.asked)}" if line.asked else "said unasked"
    return f"{on}, {how}: {listed(parts)}.{_guide(line.numb)}"


def _guide(numb: bool) -> str:
    return _NO_GUIDE if numb else ""


def _pain_at_start(line: note.PainAtStart, names: Names) -> str:
    return f"Before the first touch {names.client} put the pain at {line.value} of 10."


_UNSAID: Final = {"not_asked": "was not asked", "skipped": "was skipped"}


def _around(line: note.AskedAround, names: Names) -> str:
    said = []
    for when, value in (("before the first touch", line.before), ("after the last", line.after)):
        said.append(f"{value} {when}" if isinstance(value, int) else f"{when} it {_UNSAID[value]}")
    return f"{names.measures.get(line.measure, line.measure)}: {', '.join(said)}.{_guide(line.numb)}"


def _pain_now(line: note.PainNow, names: Names) -> str:
    on = f", on {_at(line.place, names)}" if line.place else ", with hands off"
    asked = f"asked after {BUTTONS[line.word]}, " if line.word else ""
    against = "" if line.rise is None else f", {_against(line.rise)}"
    put = f"{capital(after(line.after))}{on}, {asked}{names.client} put the pain at {line.value} of 10{against}."
    asks, then = _PAIN_ASKS[line.verdict], _PAIN_THEN[line.then] if line.verdict else ""
    return f"{put}{asks}{then}{_guide(line.numb)}"


def _against(rise: int) -> str:
    """Against the start: "four above the start"."""
    return f"{in_words(abs(rise))} {'above' if rise > 0 else 'below'} the start" if rise else "as at the start"


def _nothing_said(_: note.NothingSaid, __: Names) -> str:
    return "Nobody was asked, and nothing was said."


def _looked(line: note.SkinLooked, _: Names) -> str:
    said = [f"{_WHEN[line.when]} the skin was whole on {where(line.intact)}."] if line.intact else []
    if line.between:
        said.append(f"Looked at between the toes too: {where(line.between)}.")
    if line.not_looked:
        lead = "Nobody" if said else f"{_WHEN[line.when]} nobody"
        said.append(f"{lead} looked at {where(line.not_looked)}.")
    return " ".join(said) or f"{_WHEN[line.when]} no place was looked at."


def _found(line: note.SkinFound, names: Names) -> str:
    felt = {
        True: f"{names.client} had noticed it.",
        False: f"{names.client} had not felt it.",
        None: "Whether it had been felt was not asked.",
    }
    new = " It was not there before." if line.new else ""
    return f"{_WHEN[line.when]}, on {where((line.region,))}: {FOUND[line.found]}.{new} {felt[line.felt]}"


def _not_looked(line: note.NotLooked, _: Names) -> str:
    return f"{_WHEN[line.when]} no look at the skin was written down."


def _practised(line: note.Practised, names: Names) -> str:
    if not line.words:
        return "The buttons were not tried before the first touch."
    return f"Before the first touch {names.client} tried {listed(BUTTONS[word] for word in line.words)}; it arrived."


def _hands_on(line: note.HandsOn, _: Names) -> str:
    said = [f"Hands on for {lasting(line.seconds)} in all." if line.seconds else "No time with hands on was noted."]
    if line.open_end:
        said.append("The last touch was not marked; the time reaches to the last entry.")
    if line.stray:
        said.append(f"Noted while hands were off, and not counted: {counted(line.stray, 'entry', 'entries')} of touch.")
    if line.adrift:
        said.append("The clock of the device went back, so the time may be too short.")
    return " ".join(said)


def _done(line: note.Done, names: Names) -> str:
    parts = [f"{_work(work, names)} at {level(at)}, {lasting(seconds)}" for work, at, seconds in line.doses]
    return f"{capital(where(line.regions).removeprefix('the '))}: {'; '.join(parts)}."


def _work(work: str, names: Names) -> str:
    return clean(names.works.get(work, work))


def _lay(line: note.Lay, names: Names) -> str:
    position = names.positions.get(line.position, line.position.replace("_", " "))
    if line.after is None:
        return f"At the start {names.client} was {clean(position)}."
    return f"{capital(after(line.after))} {names.client} turned: {clean(position)}."


def _warm(line: note.WarmLaid, names: Names) -> str:
    what = clean(names.sources.get(line.source, line.source.replace("_", " ")))
    lay = f"it lay for {lasting(line.seconds)}" if line.seconds is not None else "nobody noted when it was taken off"
    early = ", and was taken off early" if line.early else ""
    set_to = f"the clock was set to {lasting(line.clock)}"
    return f"{capital(what)} at {line.celsius:g} °C on {where(line.regions)}: {set_to}, {lay}{early}."


def _link(line: note.LinkLost, names: Names) -> str:
    back = f", for {lasting(line.seconds)} in all" if line.seconds is not None else ", and did not come back"
    return f"The link to the device of {names.client} was lost {times(line.times)}{back}."


def _written(line: note.Written, names: Names) -> str:
    return f"{_person(line.who, names)} wrote: {quoted(line.words)}"


def _marked(line: note.MarkedBy, names: Names) -> str:
    parts = [(_ENTRIES.get(kind, kind.replace("_", " ")), count) for kind, count in line.marked]
    told = [what if count == 1 else f"{what} {times(count)}" for what, count in parts]
    return f"{_person(line.who, names)} marked: {listed(told)}."


def _person(who: str, names: Names) -> str:
    return clean(names.people.get(who, "")) or names.therapist if who else names.therapist


def _slip(line: note.Slip, _: Names) -> str:
    what = BUTTONS[line.word] if line.word else _ENTRIES.get(line.kind, line.kind.replace("_", " "))
    return f"Taken back as a slip of the hand: {what}."


def _check_ins(line: note.CheckIns, names: Names) -> str:
    ways = ((line.button, "answered by button"), (line.aloud, "answered aloud"),
            (line.late, "answered only when asked again"), (line.none, "no answer"))  # fmt: skip
    parts = [f"{times(count)} {way}" for count, way in ways if count]
    quiet = " No answer is not counted as good." if line.none or line.late else ""
    numb = f" {capital(times(line.numb))} it was asked where feeling is no guide." if line.numb else ""
    return f"{names.client} was asked {times(line.asked)} how it was: {listed(parts)}.{quiet}{numb}"


def _stopped(line: note.Stopped, _: Names) -> str:
    again = f" Meanwhile it was pressed {times(line.again)} more." if line.again else ""
    why = f" Why: {DETAILS[line.detail]}." if line.detail else " Why was not said."
    words = f" {quoted(line.words)}" if line.words else ""
    if line.after is None and not line.hands:
        return f"STOP before the first touch: hands were not on yet.{again}{why}{words}"
    if line.late:
        return f"STOP {after(line.after)}, after the end of the visit was marked.{again}{why}{words}"
    on = "Both agreed to go on." if line.went_on else "It did not go on."
    return f"STOP {after(line.after)}: {_off(line)}.{again}{why}{words} {on}"


def _off(line: note.Stopped) -> str:
    if not line.hands:
        return "hands were off already"
    if line.seconds is None:
        return "nobody noted when the hands were off"
    return f"hands were off after {lasting(line.seconds)}" if line.seconds else "hands were off at once"


def _moved_on(line: note.MovedOn, _: Names) -> str:
    then = f"hands moved on to {where(line.to)}" if line.to else "the visit ended"
    guide = " Feeling is no guide there: only the skin can tell." if line.numb else ""
    return f"On {where(line.regions)} no answer came; {after(line.after)} {then}. How it was is not known.{guide}"


def _unseen(line: note.WorkedUnseen, _: Names) -> str:
    why = ["feeling would not warn there"] if line.numb else []
    why += ["on thin blood an old bruise could not be told from a new one"] if line.thin else []
    return f"Worked on though nobody had looked at the skin before: {where(line.regions)}. Look first: {listed(why)}."


def _left_alone(line: note.LeftAlone, _: Names) -> str:
    return (
        f"Left alone next time, until a clinician has looked at it: {where(line.regions)}. Why: {_kinds(line.found)}."
    )


def _record_due(line: note.RecordDue, _: Names) -> str:
    if line.kind == "found_wound":
        return f"A record of a wound found before the first touch is due: {_kinds(line.found)}, {where(line.regions)}."
    return f"An incident record is due today: {_kinds(line.found)}, {where(line.regions)}."


def _kinds(found: tuple[Found, ...]) -> str:
    return listed(FOUND[one] for one in found)


def _ended(line: note.EndedEarly, _: Names) -> str:
    return f"The visit ended early: {_ENDED[line.why]}."


def _used(line: note.Used, _: Names) -> str:
    limit = "no limit was set there"
    if line.ceiling is not None:
        limit = f"the limit was {level(line.ceiling)}" if line.ceiling < 5 else "nothing limits the level there"
    if line.level == line.ceiling:
        limit = "that was the limit"
    return f"On {where(line.regions)} at most {level(line.level)} was used; {limit}."


def _beyond(line: note.WentBeyond, names: Names) -> str:
    said = f"On {where(line.regions)} {level(line.level)} was used, beyond the limit of {level(line.ceiling)}."
    return f"{said} {_reason(line.crossing.reason, line.crossing.words, names) if line.crossing else _NO_REASON}"


def _set_aside(line: note.SetAside, names: Names) -> str:
    one = line.crossing
    whose = f" It is the limit of: {_rules(one.rules, names)}." if one.rules else ""
    return f"Gone beyond: {sentence(clean(one.says))}{whose} {_reason(one.reason, one.words, names)}"


def _reason(reason: str, words: str, names: Names) -> str:
    if not reason:
        return _NO_REASON
    text = sentence(clean(names.reasons.get(reason, reason.replace("_", " "))))
    return f"Reason: {text}{f' {quoted(words)}' if words.strip() else ''}"


def _held(line: note.RulesHeld, names: Names) -> str:
    return f"These rules held: {_rules(line.rules, names)}."


def _rules(rules: tuple[str, ...], names: Names) -> str:
    return "; ".join(f"{lower_first(names.rules[one])} ({one})" if one in names.rules else clean(one) for one in rules)


def _meanwhile(line: note.FoundMeanwhile, _: Names) -> str:
    closed = " The visit ended there." if line.closed else ""
    return f"{capital(after(line.after))} it was screened anew: {quoted(line.headline)}{closed}"


def _not_felt(line: note.FoundNotFelt, names: Names) -> str:
    parts = [f"{in_words(line.not_felt) if line.not_felt else 'none'} of them not felt by {names.client}"]
    parts += [f"of {in_words(line.not_asked)} nobody asked"] if line.not_asked else []
    if line.found == 1:
        felt = "not felt" if line.not_felt else "felt"
        parts = ["nobody asked whether it was felt" if line.not_asked else f"{felt} by {names.client}"]
    return f"{capital(counted(line.found, 'finding'))} on the skin, {listed(parts)}."


def _next_level(line: note.NextLevel, _: Names) -> str:
    because = f"{BUTTONS[line.word]} came at {level(line.at)}"
    when = "Once hands are there again, on" if line.later else "Next time on"
    if line.level is None:
        if line.later:
            return f"{when} {where(line.regions)} nothing unless it is asked first, for {because} (our default)."
        return f"Next time {where(line.regions)} is left alone unless it is asked first, for {because} (our default)."
    return f"{when} {where(line.regions)} {at_most(line.level)}, for {because} (our default)."


def _tomorrow(line: note.AskTomorrow, names: Names) -> str:
    lighter = f"{counted(line.levels, 'level')} lighter and {counted(line.minutes, 'minute')} shorter"
    return (
        f"Tomorrow {names.client} is asked about soreness, marks, blisters, swelling, breath and falls, and whether "
        f"anything is worse. If it is worse for more than a day, the next visit is {lighter} (our default)."
    )


def _at_home(line: note.LookAtHome, names: Names) -> str:
    bits = sum({AREA[region] for region in line.regions if region in AREA})
    toes = ", soles and between the toes too" if bits & _FEET else ""
    return f"{names.client} looks at {where(line.regions)} this evening and tomorrow{toes}: feeling would not warn."


def _report(line: note.Report, names: Names) -> str:
    return _REPORTS[line.advice].format(client=names.client)


def _tell(line: note.TellFinding, names: Names) -> str:
    return f"{names.client} is told what was seen on {where(line.regions)}, and asked to have it looked at."


_SAYS: Final[dict[type, Callable[[Any, Names], str]]] = {
    note.SinceLast: _since, note.Heard: _heard, note.Answers: _answers, note.PainAtStart: _pain_at_start,
    note.AskedAround: _around,
    note.PainNow: _pain_now, note.NothingSaid: _nothing_said,
    note.SkinLooked: _looked, note.SkinFound: _found, note.NotLooked: _not_looked, note.Practised: _practised,
    note.HandsOn: _hands_on, note.Done: _done, note.Lay: _lay, note.WarmLaid: _warm, note.LinkLost: _link,
    note.Written: _written, note.MarkedBy: _marked, note.Slip: _slip, note.CheckIns: _check_ins, note.Stopped: _stopped,
    note.MovedOn: _moved_on, note.WorkedUnseen: _unseen, note.LeftAlone: _left_alone, note.RecordDue: _record_due,
    note.EndedEarly: _ended, note.Used: _used, note.WentBeyond: _beyond, note.SetAside: _set_aside,
    note.RulesHeld: _held, note.FoundMeanwhile: _meanwhile, note.FoundNotFelt: _not_felt,
    note.NextLevel: _next_level, note.AskTomorrow: _tomorrow, note.LookAtHome: _at_home, note.Report: _report,
    note.TellFinding: _tell,
}  # fmt: skip
