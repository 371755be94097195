"""Whoever wishes not to be listed is found by nobody, also after the next load; and it can be taken back."""

from __future__ import annotations

from afferent.directory.store import Directory
from afferent.web.audit.models import Entry as Audited
from afferent.web.directory.entries import catch_up
from afferent.web.directory.naming import id_of
from afferent.web.directory.tests.test_staff import CHECK

WHO = CHECK.rpartition("/")[2]
ROSALIND = id_of(WHO)


def near(directory: Directory) -> set[str]:
    one, _ = directory.get(ROSALIND)
    spot = one.spots[0]
    return {directory.body(n).id for shelf in range(4) for _, n in directory.nearest(spot.lat, spot.lon, 5, shelf)}


def test_nobody_finds_them_and_their_page_is_gone_for_others(client, directory, signed_in) -> None:
    owner, page = signed_in("owner"), f"/find/{WHO}"
    assert ROSALIND in near(directory)
    assert client.get(page).status_code == 200
    owner.post(f"{CHECK}/listed")
    assert ROSALIND not in near(directory)
    assert client.get(page).status_code == 404
    assert "Left out, as they wished" in owner.get(CHECK).content.decode()
    assert Audited.objects.filter(action="directory.left_out").count() == 1
    owner.post(f"{CHECK}/listed", {"back": "yes"})
    assert ROSALIND in near(directory)
    assert client.get(page).status_code == 200


def test_a_later_load_lists_them_no_more(directory, signed_in) -> None:
    signed_in("owner").post(f"{CHECK}/listed")
    one, _ = directory.get(ROSALIND)
    with directory:
        directory.put(one)
    assert ROSALIND not in near(directory)


def test_a_directory_that_is_made_anew_learns_it_before_they_are_in_it(directory, signed_in, tmp_path) -> None:
    signed_in("owner").post(f"{CHECK}/listed")
    one, _ = directory.get(ROSALIND)
    anew = Directory.open(tmp_path / "anew.sqlite3", make=True)
    catch_up(anew)
    with anew:
        anew.put(one, new=True)
    assert ROSALIND not in near(anew)
    anew.close()


def test_only_an_owner_does_it(directory, signed_in) -> None:
    assert signed_in("therapist").post(f"{CHECK}/listed").status_code in (403, 404)
    assert ROSALIND in near(directory)
