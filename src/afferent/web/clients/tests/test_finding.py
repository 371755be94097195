"""The list: by the beginnings of names, without accents, page by page, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.web.clients.people import PAGE, change, page


def names(words: str) -> list[str]:
    return [one.name for one in page(words)[0]]


@pytest.mark.parametrize("words", ["wal", "LINDQ", "lin wal", "walter lindqvist", "wali"])
def test_found_by_the_beginnings_of_names(a_client, words) -> None:
    a_client("Walter", "Lindqvist", called="Wali")
    a_client("Inês", "Carvalho")
    assert names(words) == ["Walter Lindqvist"]


@pytest.mark.parametrize("words", ["ines", "Inês", "INÊS carv"])
def test_accents_and_case_do_not_matter(a_client, words) -> None:
    a_client("Inês", "Carvalho")
    assert names(words) == ["Inês Carvalho"]


@pytest.mark.parametrize("words", ["qvist", "walter x", "%", "_", "' OR 1=1 --"])
def test_nothing_else_is_found(a_client, words) -> None:
    a_client("Walter", "Lindqvist")
    assert names(words) == ([] if words not in ("%", "_") else ["Walter Lindqvist"])


def test_a_changed_name_is_found_by_the_new_one(a_client) -> None:
    one = a_client("Walter", "Lindqvist")
    change(one, family="Berg")
    assert names("berg") == ["Walter Berg"]
    assert names("lindq") == []


@pytest.mark.parametrize("words", ["", "bao", "na ba"])
def test_pages_show_everybody_once(a_client, words) -> None:
    for number in range(PAGE * 2 + 3):
        a_client("Bao", f"Name {number:03d}")
    seen, after = [], ""
    while True:
        rows, after = page(words, after=after)
        seen += [one.name for one in rows]
        if not after:
            break
    assert len(seen) == len(set(seen)) == PAGE * 2 + 3
    assert seen == sorted(seen)


@pytest.mark.parametrize("count", [2, 25])
def test_the_list_takes_a_fixed_number_of_queries(signed_in, a_client, count, django_assert_max_num_queries) -> None:
    for number in range(count):
        a_client("Bao", f"Name {number:03d}")
    ada = signed_in("therapist")
    ada.get("/clients/")
    with django_assert_max_num_queries(14):
        ada.get("/clients/")


def test_a_child_is_not_written(signed_in) -> None:
    answer = signed_in("desk").post("/clients/new", {"given": "Kim", "born": "2015-01-01"})
    assert answer.status_code == 400
    assert "for adults" in answer.content.decode()


def test_the_same_name_and_birth_date_is_named_first(signed_in, a_client) -> None:
    ruth = a_client(born=dt.date(1958, 2, 11))
    desk = signed_in("desk")
    sent = {"given": "Ruth", "family": "Amsler", "born": "1958-02-11"}
    assert f"/clients/{ruth.pk}" in desk.post("/clients/new", sent).content.decode()
    assert desk.post("/clients/new", sent | {"another": "yes"}).status_code == 302


@pytest.mark.parametrize(("known", "given"), [("1958-02-11", ""), ("", "1958-02-11"), ("", "")])
def test_the_same_name_is_named_first_where_a_birth_date_is_not_known(signed_in, a_client, known, given) -> None:
    ruth = a_client(**({"born": dt.date.fromisoformat(known)} if known else {}))
    desk, sent = signed_in("desk"), {"given": "Ruth", "family": "amsler", "born": given}
    answer = desk.post("/clients/new", sent)
    assert answer.status_code == 409
    assert f"/clients/{ruth.pk}" in answer.content.decode()
    assert "is a client already" in answer.content.decode()
    assert desk.post("/clients/new", sent | {"another": "yes"}).status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"given": "Ruth", "family": "Amsler", "born": "1970-01-01"},  # born on another day
        {"given": "Ruth", "family": "Amsle", "born": ""},  # another name
        {"given": "Ruth", "family": "", "born": ""},
    ],
)
def test_somebody_else_is_nobodys_double(signed_in, a_client, sent) -> None:
    a_client(born=dt.date(1958, 2, 11))
    assert signed_in("desk").post("/clients/new", sent).status_code == 302
