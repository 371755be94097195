"""Codes -> concepts -> facts: every include and exclude of the specification, and every trap of real records."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from afferent.body.areas import PLACES
from afferent.errors import KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.concepts import FOLDER, Hit, load_concepts, matcher
from afferent.knowledge.loader import read_toml

MATCHER = matcher()
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
ICD9 = "http://hl7.org/fhir/sid/icd-9-cm"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
DIABETES = ("E08", "E09", "E10", "E11", "E13")  # there is no E12


def ids(hits: tuple[Hit, ...]) -> set[str]:
    return {hit.concept.id for hit in hits}


def told(hits: tuple[Hit, ...]) -> dict[str, str]:
    return {fact: how for hit in hits for fact, how in hit.concept.tells.items() if how != "asks"}


def asked(hits: tuple[Hit, ...]) -> set[str]:
    return {fact for hit in hits for fact, how in hit.concept.tells.items() if how == "asks"}


def icd10(code: str) -> tuple[Hit, ...]:
    return MATCHER.code(ICD10, code)


def one(hits: tuple[Hit, ...]) -> Hit:
    assert len(hits) == 1
    return hits[0]


# The ICD-10-CM column of the specification (safety.md 1B), written down again: rule -> prefixes that must show it.
# `E*` stands for each of the five diabetes categories.
INCLUDES = {
    "PE-SUSPECT": "R06.0 R07.9",
    "DVT-SUSPECT": "R22.4 M79.89",
    "DVT-ACUTE": "I26 I82.4 I82.6 I82.A1 I82.B1 I82.C1 I80.1 I80.2 I80.3 O22.3 O88.2",
    "VTE-HISTORY": "Z86.711 Z86.718 I82.5 I82.7 I87.0",
    "VTE-RISK": "D68.5 D68.6 Z48 Z47",
    "SVT": "I80.0 I82.81 O22.2",
    "VARICOSE": "I83.1 I83.8 I83.9 I87.2 I83.0 I83.2",
    "SKIN-OPEN": "L97 L98.A L98.49 L89 I83.0 I83.2 I87.31 T25 E*.622",
    "SKIN-SEVERE": "I96 I70.26 E*.52",
    "INFECT-LOCAL": "L03 L02 L04 A46 L08.9 M86 T81.4",
    "CONTAGIOUS-SKIN": "B35.3 B86 L01",
    "FEVER-ACUTE": "R50 A41 J11 U07.1",
    "DFU": "E*.621",
    "CHARCOT-ACTIVE": "E*.610 M14.6",
    "CHARCOT-QUIET": "E*.610 M14.6",
    "PAD-CLAUD": "I70.20 I70.21 I70.29 I73.9 E*.51 Z98.62",
    "CLTI": "I70.22 I70.23 I70.24 I70.25 I70.26 I74.3 I70.32 I70.43 I70.54 I70.65 I70.76",
    "ANTICOAG": "Z79.01 D68.32",
    "ANTIPLATELET": "Z79.02 Z79.82",
    "PLT-UNKNOWN": "D69.3 D69.4 D69.5 D69.6 D75.82 D61",
    "NEUTROPENIA": "D70",
    "BLEED-SIGNS": "R23.3 R58 M79.81",
    "BLEED-DISORDER": "D66 D67 D68.0 D68.9",
    "CHEMO-CURRENT": "Z51.11 T45.1X5 G62.0 Z92.21",
    "RADIATION-SITE": "Z51.0 Z92.3 L58 G62.82",
    "PORT-PICC": "Z45.2 Z95.828",
    "BONE-METS": "C79.51 C79.52 C90.0 M84.5",
    "NODES-LYMPHOEDEMA": "I89.0 I97.2 Q82.0 Z90.1 Z85.3",
    "OSTEOPOROSIS": "M80 M81 M84.4 Z87.310 Z79.52 Z79.83",
    "SURGERY-RECENT": "Z48 Z47 T81.3",
    "FRACTURE-RECENT": "S72 S82 S92 M84.3",
    "SCS": "Z96.82 Z45.42",
    "PACEMAKER": "Z95.0 Z95.810",
    "PUMP-CGM": "Z96.41 Z46.81",
    "LOPS": "E*.40 E*.41 E*.42 E*.44 E*.49 G60 G62 G63 G61.81 G61.82 R20.0 R20.1 R20.2 Z86.31",
    "ALLODYNIA": "R20.3 R20.8",
    "CRPS": "G90.5 G56.4 G57.7",
    "AUTONOMIC-OH": "E*.43 G90.0 G90.3 G90.89 G90.9 G90.A G99.0 I95.1 I95.2 R55",
    "GBS-ACUTE": "G61.0 G61.1",
    "CIDP-MMN": "G61.81 G61.82 G61.89",
    "ZOSTER-ACUTE": "B02.0 B02.1 B02.3 B02.7 B02.8 B02.9 B01",
    "PHN": "B02.21 B02.22 B02.23 B02.24 B02.29",
    "ENTRAPMENT": "G56.0 G56.2 G57.3 G57.5 G58 G54 M54.1",
    "WEAK-PROGRESS": "M21.37 R53.1 G58.7",
    "CORD-CES": "G83.4 G95.2 R33 R32 R15",
    "STROKE-TIA": "I60 I61 I63 G45 I69 Z86.73",
    "HTN-3": "I16",
    "HTN-1": "I10 I11 R03.0",
    "HF": "I50",
    "RENAL": "N17 N18.4 N18.5 N18.6 Z99.2",
    "OEDEMA-UNEXPL": "R60 E87.7",
    "HYPO-RISK": "E16.0 E16.1 E16.2 E16.A E*.64 Z79.4",
    "HYPER-UNSTABLE": "E*.65 E11.10",
    "PREGNANCY": "Z33.1 Z34 Z3A",
    "PREGNANCY-HIGH": "O09 O10 O13 O14 O15",
    "ANEURYSM": "I71 I72",
    "FALL-RISK": "Z91.81 M21.37 R26",
}


def spread(prefixes: str) -> Iterator[str]:
    for prefix in prefixes.split():
        yield from (prefix.replace("E*", group) for group in DIABETES) if "*" in prefix else (prefix,)


@pytest.mark.parametrize(("rule", "prefixes"), INCLUDES.items())
def test_every_included_prefix_shows_a_concept_of_its_rule(rule: str, prefixes: str) -> None:
    for prefix in spread(prefixes):
        assert rule in {r for hit in icd10(prefix) for r in hit.concept.rules}, prefix


@pytest.mark.parametrize(
    ("code", "never", "instead"),
    [
        ("I82.5", "DVT-ACUTE", "VTE-HISTORY"),
        ("I82.511", "DVT-ACUTE", "VTE-HISTORY"),
        ("I82.7", "DVT-ACUTE", "VTE-HISTORY"),
        ("Z86.31", "SKIN-OPEN", "IWGDF-3"),
        ("Z86.31", "DFU", "LOPS"),
        ("G90.5", "AUTONOMIC-OH", "CRPS"),
        ("G90.511", "AUTONOMIC-OH", "CRPS"),
        ("G61.81", "GBS-ACUTE", "CIDP-MMN"),
        ("G61.82", "GBS-ACUTE", "CIDP-MMN"),
        ("G61.89", "GBS-ACUTE", "CIDP-MMN"),
        ("I69.351", "PE-SUSPECT", "STROKE-OLD"),
        ("C91.01", "TUMOUR-SITE", "CANCER-SITE-UNKNOWN"),
    ],
)
def test_an_excluded_code_goes_to_the_other_rule(code: str, never: str, instead: str) -> None:
    rules = {rule for hit in icd10(code) for rule in hit.concept.rules}
    assert never not in rules
    assert instead in rules


@pytest.mark.parametrize("code", ["G90.81", "G90.B", "I82.0", "I82.890", "I82.90"])
def test_what_is_taken_out_shows_nothing_and_is_named_as_not_understood(code: str) -> None:
    assert icd10(code) == ()
    assert MATCHER.watched(ICD10, code)


def test_pain_after_shingles_is_no_acute_shingles() -> None:
    after = icd10("B02.22")
    assert "phn" in told(after)
    assert "shingles_rash" not in told(after)
    assert "shingles_rash" in told(icd10("B02.9"))


def test_stroke_long_past_dates_nothing() -> None:
    for code in ("I69.351", "Z86.73"):
        assert told(icd10(code)) == {"stroke_ever": "yes"}


def test_gangrene_in_narrowed_arteries_is_more_than_claudication() -> None:
    assert {"dead_tissue", "limb_ischaemia"} <= set(told(icd10("I70.261")))
    assert set(told(icd10("I70.211"))) == {"pad_diagnosed"}


def test_an_ulcer_of_a_diabetic_foot() -> None:
    hits = icd10("E11.621")
    assert told(hits) == {"foot_ulcer": "place", "open_skin": "place", "diabetes": "yes"}
    healed = next(hit.concept for hit in hits if hit.concept.id == "foot_ulcer")
    assert healed.leaves == {"past_foot_ulcer": "place"}


def test_codes_that_only_ask() -> None:
    for code in ("R20.2", "R53.1", "R55", "R60.0", "M14.671", "Z95.828", "R03.0", "R50.9", "M79.89"):
        assert told(icd10(code)) == {}, code
        assert asked(icd10(code)), code
    assert "numb" in asked(icd10("G62.9"))
    assert "chemo_date" in asked(icd10("G62.0"))
    assert "weakness_new" in asked(icd10("M21.371"))
    assert told(icd10("M21.371")) == {"fall_risk": "yes"}


def test_an_undated_clot_leaves_that_there_was_one() -> None:
    clot = one(icd10("I82.402")).concept
    assert clot.kind == "episode"
    assert clot.leaves["clot_ever"] == "place"


# --- sides and places inside the code ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "place", "side"),
    [
        ("I82.402", "leg_whole", "left"), ("I82.401", "leg_whole", "right"), ("I82.403", "leg_whole", "both"),
        ("I82.409", "leg_whole", ""), ("I82.621", "arm_whole", "right"), ("I82.C12", "arm_whole", "left"),
        ("L97.421", "foot", "left"), ("L97.311", "ankle", "right"), ("L97.212", "leg", "right"),
        ("L97.509", "foot", ""), ("L89.622", "foot", "left"), ("L03.115", "leg_whole", "right"),
        ("L03.114", "arm_whole", "left"), ("L02.612", "foot", "left"), ("L03.032", "foot", "left"),
        ("S72.002A", "thigh", "left"), ("S72.124A", "thigh", "right"), ("S82.62XB", "leg", "left"),
        ("S92.313A", "foot", ""), ("S92.315A", "foot", "left"), ("T25.321A", "foot", "right"),
        ("I70.234", "foot", "right"), ("I70.244", "foot", "left"), ("G56.02", "wrist", "left"),
        ("G90.523", "leg_whole", "both"), ("M84.374A", "foot_and_ankle", "right"), ("Z89.512", "leg", "left"),
    ],
)  # fmt: skip
def test_place_and_side_of_the_code_itself(code: str, place: str, side: str) -> None:
    hits = [hit for hit in icd10(code) if "place" in hit.concept.tells.values()]
    assert hits
    for hit in hits:
        assert (hit.place, hit.side) == (place, side)


def test_what_is_left_of_an_old_injury_is_no_injury() -> None:
    assert one(icd10("S82.142A")).sure
    assert not one(icd10("S82.142S")).sure


def test_every_place_a_hit_can_name_exists_with_and_without_side() -> None:
    rows = list(table("snomed")) + list(table("icd9"))
    places = {row["place"] for row in rows} | {c.place for c in MATCHER.concepts.values()}
    places |= {row["place"] for row in table("icd10_places")} - {"-"}
    for place in places - {""}:
        assert {place, f"{place}.left", f"{place}.right"} <= set(PLACES), place


# --- systems and spellings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "code", "concept"),
    [
        ("http://hl7.org/fhir/sid/icd-10-cm", "I82.402", "dvt_acute"),
        ("https://hl7.org/fhir/sid/icd-10-cm/", " i82402 ", "dvt_acute"),
        ("urn:oid:2.16.840.1.113883.6.90", "I82402", "dvt_acute"),
        ("ICD-10-CM", "I82.402", "dvt_acute"),
        ("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd10", "I82402", "dvt_acute"),
        ("http://fhir.mimic.mit.edu/CodeSystem/diagnosis-icd10", "I82402", "dvt_acute"),
        ("http://hl7.org/fhir/sid/icd-9-cm", "453.41", "dvt_acute"),
        ("http://terminology.hl7.org/CodeSystem/icd9cm", "45341", "dvt_acute"),
        ("urn:oid:2.16.840.1.113883.6.103", "453.41", "dvt_acute"),
        ("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd9", "25060", "neuropathy_diabetic_any"),
        ("http://snomed.info/sct", "128053003", "dvt_acute"),
        ("http://snomed.info/sct|http://snomed.info/sct/731000124108", "128053003", "dvt_acute"),
        ("http://snomed.info/sct/731000124108", "128053003", "dvt_acute"),
        ("urn:oid:2.16.840.1.113883.6.96", "128053003", "dvt_acute"),
        ("http://www.nlm.nih.gov/research/umls/rxnorm", "11289", "anticoagulant_inr"),
        ("urn:oid:2.16.840.1.113883.6.88", "11289", "anticoagulant_inr"),
        ("http://www.whocc.no/atc", "B01AF02", "anticoagulant"),
        ("urn:oid:2.16.840.1.113883.6.73", "A10AE04", "insulin"),
        ("http://loinc.org", "777-3", "platelets"),
        ("urn:oid:2.16.840.1.113883.6.1", "777-3", "platelets"),
        ("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-d-labitems", "51265", "platelets"),
        ("http://fhir.mimic.mit.edu/CodeSystem/d-labitems", "51237", "inr"),
        ("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-chartevents-d-items", "220179", "systolic"),
        ("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-medication-name", "Warfarin", "anticoagulant_inr"),
    ],
)
def test_every_address_and_spelling(system: str, code: str, concept: str) -> None:
    assert concept in ids(MATCHER.code(system, code))


def test_a_code_means_nothing_without_its_system() -> None:
    assert icd10("V12.51") == ()  # a history of clots in ICD-9, a pedestrian's accident in ICD-10
    assert ids(MATCHER.code(ICD9, "V12.51")) == {"clot_history"}
    assert ids(MATCHER.code(ICD9, "E933.1")) == {"chemotherapy_harm"}
    assert ids(icd10("E93.31")) == set()
    assert MATCHER.code("http://example.org/own", "I82.402") == ()
    assert MATCHER.code("", "I82.402") == ()
    assert MATCHER.code("http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-d-labitems", "220179") == ()


def test_the_international_icd_10_is_only_watched() -> None:
    assert MATCHER.code("http://hl7.org/fhir/sid/icd-10", "I80.2") == ()
    assert MATCHER.watched("http://hl7.org/fhir/sid/icd-10", "I80.2")


@pytest.mark.parametrize("code", ["", " ", ".", "I" * 5000, "I82.4\x00", "é", "0", "None"])
def test_nonsense_means_nothing(code: str) -> None:
    assert icd10(code) == ()
    assert MATCHER.place(SNOMED, code) == ()
    assert MATCHER.watched("LOINC", code) == ""


# --- older records ----------------------------------------------------------------------------------------------


def test_icd_9_traps() -> None:
    nine = lambda code: MATCHER.code(ICD9, code)  # noqa: E731
    assert told(nine("250.60")) == {"neuropathy": "yes", "diabetes": "yes"}
    assert {"autonomic_neuropathy", "charcot_ever"} <= asked(nine("250.60"))
    assert "insulin" not in told(nine("250.62"))
    assert told(nine("250.61"))["insulin"] == told(nine("250.93"))["insulin"] == "yes"
    assert "phn" in told(nine("053.12"))
    assert "shingles_rash" in told(nine("053.9"))
    assert "clot_date" in told(nine("453.41"))
    assert told(nine("453.52")) == {"clot_ever": "place"}
    assert told(nine("V58.61")) == {"anticoagulant": "yes"}
    assert told(nine("357.2")) == {"neuropathy": "yes", "diabetes": "yes"}
    assert "low_platelets" in told(nine("287.5"))
    assert "foot_ulcer" in told(nine("707.15"))
    assert "heart_failure" in told(nine("402.11"))
    assert "heart_failure" not in told(nine("402.10"))
    assert "cancer_active" in told(nine("204.00"))
    assert "cancer_active" not in told(nine("204.01"))  # in remission
    assert "bone_metastasis" in told(nine("198.5"))


# --- SNOMED CT --------------------------------------------------------------------------------------------------


def test_snomed_history_never_dates_an_acute_clot() -> None:
    for code in ("161508001", "161512007", "141911000119100"):
        hits = MATCHER.code(SNOMED, code)
        assert told(hits) == {"clot_ever": "place"}
        assert one(hits).concept.kind == "history"


def test_metastasis_from_bone_is_not_metastasis_to_bone() -> None:
    assert "bone_metastasis" not in told(MATCHER.code(SNOMED, "314990009"))
    assert "bone_metastasis" not in told(MATCHER.code(SNOMED, "94591009"))  # soft tissue of the pelvis
    assert "bone_metastasis" in told(MATCHER.code(SNOMED, "94222008"))


def test_diabetic_complications_tell_diabetes() -> None:
    assert told(MATCHER.code(SNOMED, "368581000119106")) == {"neuropathy": "yes", "diabetes": "yes"}
    assert told(MATCHER.code(SNOMED, "1521000119100"))["diabetes"] == "yes"
    assert told(MATCHER.code(SNOMED, "46635009")) == {"diabetes": "yes", "insulin": "yes"}
    assert "insulin" not in told(MATCHER.code(SNOMED, "44054006"))


def test_the_left_of_a_heart_or_brain_is_no_side_of_the_body() -> None:
    for code in ("85232009", "367363000", "195216008"):  # left heart failure, right ventricle, left hemisphere
        assert one(MATCHER.code(SNOMED, code)).side == ""


def test_an_unrelated_code_in_the_table_is_known_and_tells_nothing() -> None:
    assert one(MATCHER.code(SNOMED, "1092951000119106")).concept.kind == "context"


_D = ("0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043",
      "8765932104", "9876543210")  # fmt: skip
_P = ("0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258")


def verhoeff(digits: str) -> bool:
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_D[check][int(_P[place % 8][int(digit)])])
    return check == 0


def test_every_snomed_identifier_has_its_right_check_digit() -> None:
    assert verhoeff("368581000119106")
    assert not verhoeff("368581000119107")
    codes = [row["code"] for name in ("snomed", "sites") for row in table(name)]
    assert len(codes) > 2000
    assert [code for code in codes if not verhoeff(code)] == []


# --- medicines --------------------------------------------------------------------------------------------------


def test_a_combination_holds_several_ingredients() -> None:
    hits = MATCHER.drug("aspirin 25 MG / dipyridamole 200 MG Extended Release Oral Capsule")
    assert {(hit.concept.id, hit.name) for hit in hits} == {
        ("antiplatelet", "aspirin"),
        ("antiplatelet", "dipyridamole"),
    }
    assert one(MATCHER.drug("Acetaminophen 325 MG / oxyCODONE Hydrochloride 5 MG Oral Tablet")).name == "oxycodone"


def test_brand_and_ingredient_are_one_drug() -> None:
    assert one(MATCHER.drug("Lantus (insulin glargine) 100 UNT/ML")).name == "insulin glargine"
    assert {hit.name for hit in MATCHER.drug("Plavix")} == {hit.name for hit in MATCHER.drug("clopidogrel 75 mg")}


@pytest.mark.parametrize(
    ("words", "concepts"),
    [
        ("warfarin sodium 5 MG", {"anticoagulant_inr"}),
        ("COUMADIN 5 mg daily", {"anticoagulant_inr"}),
        ("Dabigatran etexilate mesylate", {"anticoagulant"}),
        ("prewarfarinated", set()),
        ("Heparin lock flush 10 UNT/ML", {"heparin_flush"}),
        ("heparin sodium, porcine 5000 UNT/ML Injectable Solution", {"anticoagulant"}),
        ("Hydrocortisone 10 MG/ML Topical Cream", {"steroid_local"}),
        ("prednisolone acetate 1% ophthalmic suspension", {"steroid_local"}),
        ("fluticasone propionate 0.25 MG/ACTUAT Dry Powder Inhaler", {"steroid_local"}),
        ("predniSONE 5 MG Oral Tablet", {"steroid"}),
        ("fentaNYL 25 MCG/HR Transdermal System", {"opioid", "medicine_patch"}),
        ("fentanyl citrate injection", {"opioid"}),
        ("Duragesic", {"opioid", "medicine_patch"}),
        ("Lidocaine 5% patch", {"medicine_patch"}),
        ("capsaicin 0.1 % cream", {"medicine_patch"}),
        ("lidocaine 1% injection", set()),
        ("lidocaine", {"medicine_patch_hint"}),
        ("nicotine 21 MG patch", {"medicine_patch"}),
        ("Methotrexate 2.5 MG once weekly", {"chemotherapy_hint"}),
        ("fluorouracil 5% topical cream", set()),
        ("fluorouracil 50 MG/ML Injection", {"chemotherapy_drug"}),
        ("10 ML oxaliplatin 5 MG/ML Injection", {"oxaliplatin"}),
        ("insulin human, isophane 70 UNT/ML / Regular Insulin, Human 30 UNT/ML [Humulin]", {"insulin"}),
        ("Gabapentin 300 MG", {"gabapentinoid"}),
        ("cilostazol 100 MG", {"antiplatelet", "pad_hint"}),
        ("glibenclamide", {"sulfonylurea"}),
        ("metformin", {"diabetes_medicine"}),
        ("pravastatin 40 MG", set()),
        ("Excedrin Aspirin Free", set()),
        ("", set()),
    ],
)
def test_medicines_by_their_words(words: str, concepts: set[str]) -> None:
    assert ids(MATCHER.drug(words)) == concepts


def test_what_a_medicine_may_tell() -> None:
    assert told(MATCHER.drug("digoxin / furosemide / midodrine / vitamin b12 / gabapentin / cyclosporine")) == {
        "shingles_urgent": "yes"
    }
    assert told(MATCHER.drug("prednisone 5 mg tablet")) == {}
    assert one(MATCHER.drug("prednisone 5 mg tablet")).note == "oral"
    assert asked(MATCHER.drug("warfarin")) == {"anticoagulant_reason"}  # why is never inferred
    assert told(MATCHER.code("ATC", "A10BB09")) == {"sulfonylurea": "yes"}


def test_numbers_of_rxnorm() -> None:
    assert MATCHER.code(RXNORM, "42463") == ()  # pravastatin, often offered as clopidogrel
    assert one(MATCHER.code(RXNORM, "32968")).name == "clopidogrel"
    assert one(MATCHER.code(RXNORM, "855332")).name == one(MATCHER.code(RXNORM, "11289")).name == "warfarin"
    assert one(MATCHER.code(RXNORM, "5224")).note == "form"  # a flush is no treatment: the words decide
    assert ids(MATCHER.code(RXNORM, "106258")) == {"steroid_local"}


def test_what_was_never_seen_in_a_source_never_decides() -> None:
    assert not one(MATCHER.code(RXNORM, "6963")).sure
    assert not one(MATCHER.drug("Brilinta")).sure
    unverified = [row for name in ("snomed", "icd9", "rxnorm", "atc", "loinc") for row in table(name)]
    for row in unverified:
        for hit in MATCHER.code(row["system"].replace("ICD9CM", "ICD-9-CM"), row["code"]):
            if hit.concept.id == row["concept"] and row["match"] == "exact":
                assert hit.sure is (row["note"] != "unverified")


# --- laboratory -------------------------------------------------------------------------------------------------


def test_a_percentage_is_no_count() -> None:
    assert told(MATCHER.code("http://loinc.org", "751-8")) == {"neutrophils": "value"}
    assert told(MATCHER.code("http://loinc.org", "770-8")) == {}
    assert told(MATCHER.code("http://loinc.org", "5792-7")) == {}  # sugar in urine
    for item in ("51256", "50912"):
        assert told(MATCHER.code("mimic-d-labitems", item)) == {}


# --- words and places -------------------------------------------------------------------------------------------


def test_words_without_a_code_only_ask() -> None:
    hits = MATCHER.words("Guillain-Barré syndrome; Alzheimer’s; DVT of the left leg; athlete's foot")
    assert ids(hits) == {"guillain_barre", "dementia", "dvt_acute", "foot_fungus_or_wart"}
    assert not any(hit.sure for hit in hits)
    assert MATCHER.words("Family history of stroke") == ()
    assert MATCHER.words("influenza vaccination") == ()
    assert ids(MATCHER.words("spinal cord stimulator")) == {"stimulator"}
    assert ids(MATCHER.words("Omnipod insulin pump")) == {"insulin_pump"}


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("left foot", {"foot.left"}),
        ("Structure of left foot (body structure)", {"foot.left"}),
        ("foot, left", {"foot.left"}),
        ("L foot", {"foot.left"}),
        ("feet", {"foot"}),
        ("both feet", {"foot.left", "foot.right"}),
        ("left and right foot", {"foot.left", "foot.right"}),
        ("left foot and ankle", {"foot.left", "ankle"}),  # whose ankle is not said
        ("left great toe", {"foot.left.sole.toe1", "foot.left.top.toe1"}),
        ("sole of the right foot", {"foot.right.sole"}),
        ("dorsum of left foot", {"foot.left.top"}),
        ("right calf", {"leg.right.back"}),
        ("lower leg", {"leg"}),
        ("knee", {"knee.left", "knee.right"}),
        ("left lower extremity", {"leg_whole.left"}),
        ("sacral region", {"back.left.lower", "back.right.lower", "pelvis.left.buttock", "pelvis.right.buttock"}),
        ("back of left hand", {"hand.left.back"}),
        ("left side of the face", {"head_neck.left.face"}),
        ("somewhere", set()),
        ("right heart failure", set()),
    ],
)  # fmt: skip
def test_places_in_words(words: str, places: set[str]) -> None:
    assert set(MATCHER.place_of_words(words)) == places


def test_places_by_code() -> None:
    assert MATCHER.place(SNOMED, "22335008") == ("foot.left",)
    assert MATCHER.place(SNOMED, "56459004") == ("foot",)
    assert MATCHER.place(SNOMED, "57999000") == ()  # never seen in a source: the words beside it decide
    assert MATCHER.place(ICD10, "22335008") == ()


def test_every_word_for_a_place_is_found_again() -> None:
    for word in read_toml(FOLDER / "body_words.toml"):
        assert set(MATCHER.place_of_words(word)) <= set(PLACES), word
        assert MATCHER.place_of_words(f"left {word}"), word
        assert not any(place.split(".")[1:2] == ["right"] for place in MATCHER.place_of_words(f"left {word}")), word


@pytest.mark.parametrize(
    ("system", "code"),
    [("ICD-10-CM", "I82.2"), ("ICD-10-CM", "D68.A"), ("ICD-9-CM", "453.3"), ("ICD-9-CM", "287.8"), ("ATC", "B01AD12")],
)
def test_a_block_that_matters_is_never_dropped(system: str, code: str) -> None:
    assert MATCHER.code(system, code) == ()
    assert MATCHER.watched(system, code)


def test_nothing_is_watched_that_is_understood_or_harmless() -> None:
    assert MATCHER.watched(ICD10, "I82.402") == ""
    assert MATCHER.watched(ICD10, "J45.909") == ""
    assert MATCHER.watched(SNOMED, "22298006") == ""


# --- the data as a whole ----------------------------------------------------------------------------------------


def table(name: str) -> Iterator[dict[str, str]]:
    lines = (FOLDER / f"{name}.csv").read_text("utf-8").splitlines()
    return csv.DictReader([line for line in lines if not line.startswith("#")])


def test_tables_are_small_say_where_they_come_from_and_carry_no_terms() -> None:
    for path in FOLDER.glob("*.csv"):
        assert path.stat().st_size < 200_000, path.name
        assert path.read_text("utf-8").startswith("# "), path.name
    columns = {"concept", "system", "code", "match", "side", "place", "note", "name"}
    for row in table("snomed"):
        assert set(row) == columns
        assert not row["name"]


def test_every_told_fact_exists_and_every_named_rule_too() -> None:
    knowledge = load()
    for concept in load_concepts().values():
        assert set(concept.tells) | set(concept.leaves) <= set(knowledge.facts), concept.id
        assert set(concept.rules) <= set(knowledge.rules), concept.id


def test_hits_can_be_kept_in_sets() -> None:
    assert len({*icd10("I82.402"), *icd10("I82402")}) == 1


def test_every_row_of_the_reference_lands_somewhere(shared: Path) -> None:
    with (shared / "reference" / "codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    systems = {"ICD9CM": "ICD-9-CM", "RXNORM_IN": "RxNorm", "RXNORM_SCD": "RxNorm"}
    rules: set[str] = set()
    for row in rows:
        if row["fact"].startswith(("site_", "side_")):
            continue
        rules |= set(row["rule_ids"].split(";"))
        if row["system"] == "TEXT":
            assert MATCHER.drug(row["code"]) or MATCHER.words(row["code"]), row
        else:
            hits = MATCHER.code(systems.get(row["system"], row["system"]), row["code"])
            assert hits, row
            assert (
                row["confidence"] != "known-not-seen" or row["code"] == "69805005" or not any(h.sure for h in hits)
            ), row
    covered = {rule for concept in load_concepts().values() for rule in concept.rules}
    rules = {rule for rule in rules if not rule.startswith("(")} - {"PLT-*"}
    assert rules <= covered


def test_every_code_of_the_foreign_records_is_known(shared: Path) -> None:
    kinds = ("Condition", "MedicationRequest", "Procedure", "Observation")
    codings: set[tuple[str, str]] = set()
    for path in sorted((shared / "data" / "synthea").glob("*.json")):
        for entry in json.loads(path.read_bytes())["entry"]:
            resource = entry["resource"]
            if resource["resourceType"] in kinds:
                named = [resource, *resource.get("component", [])]
                for one_of in named:
                    concept = one_of.get("code") or one_of.get("medicationCodeableConcept") or {}
                    codings |= {(c["system"], c["code"]) for c in concept.get("coding", [])}
    assert len(codings) > 200
    codings -= {(SNOMED, "34552-0")}  # a LOINC number under the wrong address, as it stands in the records
    assert [coding for coding in codings if not MATCHER.code(*coding)] == []


# --- what the loader refuses ------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "codes"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def add(path: Path, line: str) -> None:
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('anticoagulant = "yes"', 'anticoagulent = "yes"', "no fact 'anticoagulent'"),
        ('anticoagulant = "yes"', 'anticoagulant = "place"', "'place' does not fit a yes_no"),
        ('anticoagulant_reason = "asks"', 'anticoagulant_reason = "=luck"', "no option 'luck'"),
        ('anticoagulant_reason = "asks"', 'clot_any = "asks"', "no fact 'clot_any'"),
        ('kind = "lasting"', 'kind = "always"', "always"),
        ('kind = "lasting"', 'kind = "asks"', "only asks"),
        ('kind = "lasting"', 'kind = "context"', "a context tells nothing"),
        ('icd10 = ["Z79.01"', 'icd10 = ["79.01"', "'79.01' is no ICD-10-CM code"),
        ('icd10 = ["Z79.01"', 'place = "tail"\nicd10 = ["Z79.01"', "no part 'tail'"),
        ('icd10 = ["Z79.01"', 'colour = "red"\nicd10 = ["Z79.01"', "colour"),
        ('icd10 = ["Z79.01"', 'not_icd10 = ["Z79.01"]\nicd10 = ["Z79.01"', "both included and excluded"),
    ],
)
def test_a_concept_that_is_not_sound_is_refused(folder: Path, old: str, new: str, said: str) -> None:
    change(folder / "concepts" / "blood.toml", old, new)
    with pytest.raises(KnowledgeError, match=r"blood\.toml, anticoagulant_use") as error:
        load_concepts(folder)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("icd9", "no_such,ICD9CM,999.99,exact,,,,", "no such concept"),
        ("icd9", "stroke,ICD99,999.99,exact,,,,", "no code system 'ICD99'"),
        ("icd9", "stroke,ICD9CM,999.99,nearly,,,,", "not one of the allowed words"),
        ("icd9", "stroke,ICD9CM,999.99,exact,,tail,,", "no part 'tail'"),
        ("icd9", "stroke,ICD9CM,999.99,exact", "fields instead of 8"),
        ("icd9", "clot_history,ICD9CM,V12.51,exact,left,,,", "stands twice"),
        ("icd9", "dvt_acute,ICD9CM,V12.51,exact,,,,", "contradict each other about clot_ever"),
        ("snomed", "stroke,SNOMED,2.3069E+08,exact,,,,", "is no code of its system"),
        ("names", "stroke,wunderin,wunderin,+magic,", "no form '+magic'"),
        ("words", "no_such,wonder", "no such concept"),
        ("watched", "ICD10CM,Z00,", "no phrase"),
        ("sites", "SNOMED,1234,,foot.S.tail,", "no place 'foot.left.tail'"),
        ("icd10_places", "A00,tail", "no part 'tail'"),
    ],
)
def test_a_row_that_is_not_sound_is_refused_by_file_and_key(folder: Path, name: str, line: str, said: str) -> None:
    add(folder / f"{name}.csv", line)
    with pytest.raises(KnowledgeError) as error:
        matcher(folder)
    assert said in str(error.value)
    assert name in str(error.value) or "ICD9CM V1251" in str(error.value)


def test_one_concept_stands_in_one_file(folder: Path) -> None:
    add(folder / "concepts" / "heart.toml", '[stroke]\ntitle = "A stroke"\nkind = "context"')
    with pytest.raises(KnowledgeError, match=r"nerves\.toml, stroke: stands in heart.toml already"):
        load_concepts(folder)
