"""Imports, publications and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from bilans.audit.selectors import history
from bilans.catalogue.models import (
    Criterion,
    Outcome,
    OutcomeSet,
    Qualification,
    QualificationVersion,
    SourceDocument,
    SourceLine,
    ValidationRequirement,
)
from bilans.catalogue.models.qualification import VersionStatus
from bilans.catalogue.selectors import counts_of, search, version_tree
from bilans.catalogue.services import (
    import_document,
    import_folder,
    load_sample,
    publish_version,
    withdraw_version,
)
from bilans.errors import NotPermitted, TransitionRefused
from tests.catalogue.printouts import lettered
from tests.factories import make_person
from tests.require import sources

pytestmark = pytest.mark.django_db


def test_the_sample_is_published_with_its_counts_and_a_second_load_changes_nothing() -> None:
    (version,) = load_sample()

    assert version.status == VersionStatus.PUBLISHED
    assert counts_of(version.pk) == (2, 5, 18)
    before = QualificationVersion.objects.count(), SourceDocument.objects.count()
    assert load_sample() == [version]
    assert (QualificationVersion.objects.count(), SourceDocument.objects.count()) == before


def test_the_register_document_is_published_once_its_name_is_confirmed() -> None:
    data = (sources() / "004_1867f05c87620b3a.txt").read_bytes()

    waiting = import_document(data=data, filename="004.txt", publish=True)
    assert waiting.verdict == "publication_refused"
    assert waiting.version is not None
    assert waiting.version.status == VersionStatus.DRAFT
    assert "title-missing" in str(waiting.refusal)

    title = "Prowadzenie procesu bilansowania kompetencji"
    done = import_document(data=data, filename="004.txt", entered={"title": title}, publish=True)
    assert done.verdict == "published"
    version = QualificationVersion.objects.get()
    assert (version.status, version.title, version.prk_level) == ("published", title, None)
    assert version.header["prk_level"]["how"] == "absent"
    assert version.header["title"]["how"] == "entered"
    assert version.review_items.get(code="level-missing").proposal == 5
    assert counts_of(version.pk) == (3, 11, 57)
    assert {(a.scheme, a.value) for a in version.qualification.aliases.all()} == {
        ("zrk", "13477"),
        ("zrk_pre2020", "5C142000002"),
        ("mp", "2019:1191"),
    }
    assert version.sources.get().lines.count() == 429


def test_the_same_file_again_says_so_and_changes_nothing() -> None:
    data = lettered()
    first = import_document(data=data, filename="a.txt", accept=("title-missing",), publish=True)
    assert first.verdict == "published"

    again = import_document(data=data, filename="b.txt", publish=True)

    assert again.verdict == "already_imported"
    assert not again.refused
    assert again.version == first.version
    assert Qualification.objects.count() == 1


def test_the_same_content_in_another_layout_is_another_source_of_one_version() -> None:
    first = import_document(data=lettered(width=100), filename="a.txt")

    second = import_document(data=lettered(width=70), filename="b.txt")

    assert second.verdict == "same_content"
    assert second.version == first.version
    assert QualificationVersion.objects.count() == 1
    assert second.version is not None
    assert second.version.sources.count() == 2


def test_other_content_under_a_known_code_is_the_next_version_and_keeps_lineages() -> None:
    data = lettered()
    old = import_document(data=data, filename="a.txt", accept=("title-missing",), publish=True)
    last = data.decode().rindex("Kryteria weryfikacji:")
    changed = data.decode()[:last] + data.decode()[last:].replace("a. ", "a. samodzielnie ", 1)

    new = import_document(
        data=changed.encode(), filename="b.txt", accept=("title-missing",), publish=True
    )

    assert new.verdict == "published"
    assert old.version is not None
    assert new.version is not None
    old.version.refresh_from_db()
    assert old.version.status == VersionStatus.SUPERSEDED
    assert (new.version.number, new.version.supersedes) == (2, old.version)
    kept = {c.text: c.lineage for c in _criteria(old.version)}
    fresh = {c.text: c.lineage for c in _criteria(new.version)}
    same = kept.keys() & fresh.keys()
    assert len(fresh) - len(same) == 1
    assert all(kept[text] == fresh[text] for text in same)
    assert not {c.pk for c in _criteria(old.version)} & {c.pk for c in _criteria(new.version)}


def _criteria(version: QualificationVersion) -> list[Criterion]:
    return list(Criterion.objects.filter(outcome__outcome_set__version=version))


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.8])
def test_a_truncated_file_leaves_nothing_behind(cut: float) -> None:
    data = (sources() / "004_1867f05c87620b3a.txt").read_bytes()

    result = import_document(data=data[: int(len(data) * cut)], filename="004.txt", publish=True)

    assert result.verdict == "incomplete"
    assert result.refused
    assert not Qualification.objects.exists()
    assert not SourceDocument.objects.exists()


def test_an_incomplete_file_is_taken_when_somebody_vouches_for_it() -> None:
    text = lettered().decode()
    ends = text.index("Instytucje certyfikujące")

    result = import_document(
        data=text[:ends].encode(), filename="a.txt", entered={"complete": "yes"}
    )

    assert result.verdict == "imported"


def test_lines_that_belong_nowhere_block_publication_until_acknowledged() -> None:
    data = b"Co to jest?\n\n" + lettered()
    answers = {"title": "Prowadzenie prób"}
    first = import_document(data=data, filename="a.txt", entered=answers, publish=True)
    assert first.verdict == "publication_refused"
    assert "unmapped-lines" in str(first.refusal)

    second = import_document(
        data=data, filename="a.txt", entered={"unmapped": "acknowledged"}, publish=True
    )

    assert second.verdict == "published"
    assert second.version is not None
    assert second.version.title == "Prowadzenie prób"
    assert second.version.sources.get().lines.get(number=1).state == "acknowledged"


def test_a_folder_of_documents_is_imported_as_far_as_it_can_be_read() -> None:
    results = {result.reading.file: result.verdict for result in import_folder(sources())}

    assert results["004_1867f05c87620b3a.txt"] == "published"
    others = {verdict for name, verdict in results.items() if not name.startswith("004")}
    assert others == {"recognised_not_readable"}


def test_imports_and_publications_leave_their_entries() -> None:
    (version,) = load_sample()
    withdraw_version(version_id=version.pk, reason="korekta")

    entries = [entry.code for entry in history(version.audit_stream)]

    assert entries[:3] == [
        "catalogue.version.withdrawn",
        "catalogue.version.published",
        "catalogue.version.imported",
    ]


def test_only_the_operator_changes_the_catalogue() -> None:
    (version,) = load_sample()

    with pytest.raises(NotPermitted):
        withdraw_version(version_id=version.pk, reason="x", actor=make_person())
    with pytest.raises(NotPermitted):
        import_document(data=lettered(), filename="a.txt", actor=make_person())


def test_a_published_version_is_not_published_twice() -> None:
    (version,) = load_sample()

    with pytest.raises(TransitionRefused) as refusal:
        publish_version(version_id=version.pk)
    assert refusal.value.code == "not_a_draft"


def test_a_withdrawn_version_leaves_the_list_and_stays_readable() -> None:
    (version,) = load_sample()

    withdraw_version(version_id=version.pk, reason="korekta")

    assert not search("").exists()
    assert version_tree(version.pk).version.status == VersionStatus.WITHDRAWN


CHANGES = {
    "title of the version": lambda v: QualificationVersion.objects.filter(pk=v.pk).update(
        title="Inna nazwa"
    ),
    "header": lambda v: QualificationVersion.objects.filter(pk=v.pk).update(header={}),
    "back to draft": lambda v: QualificationVersion.objects.filter(pk=v.pk).update(status="draft"),
    "delete the version": lambda v: QualificationVersion.objects.filter(pk=v.pk)._raw_delete(
        "default"
    ),
    "set": lambda v: OutcomeSet.objects.filter(version=v).update(title="x"),
    "outcome": lambda v: Outcome.objects.filter(outcome_set__version=v).update(title="x"),
    "criterion": lambda v: Criterion.objects.filter(outcome__outcome_set__version=v).update(
        text="x"
    ),
    "one criterion more": lambda v: Criterion.objects.create(
        outcome=Outcome.objects.filter(outcome_set__version=v).first(),
        ordinal=99,
        label="x",
        text="dopisane",
    ),
    "one criterion less": lambda v: Criterion.objects.filter(
        outcome__outcome_set__version=v
    )._raw_delete("default"),
    "validation": lambda v: ValidationRequirement.objects.filter(version=v).update(raw="x"),
    "source": lambda v: SourceDocument.objects.update(filename="x"),
    "line of the source": lambda v: SourceLine.objects.update(text="x"),
    "delete lines": lambda v: SourceLine.objects.all()._raw_delete("default"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_refuses_to_change_what_is_published(change) -> None:
    (version,) = load_sample()

    with pytest.raises(IntegrityError), transaction.atomic():
        change(version)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"prk_level": 9}, "catalogue_level_between_1_and_8"),
        ({"status": "lost", "published_at": timezone.now()}, "catalogue_version_status_known"),
        ({"status": "published"}, "catalogue_published_has_date"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(changes, constraint) -> None:
    version = import_document(data=lettered(), filename="a.txt").version
    assert version is not None

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        QualificationVersion.objects.filter(pk=version.pk).update(**changes)


@pytest.mark.parametrize(
    "words", ["zespolu produkcyjnego", "ZESPOŁU", "przezbrojenie", "usprawnienie skutek"]
)
def test_search_needs_no_diacritics_and_looks_into_criteria(words: str) -> None:
    (version,) = load_sample()

    assert list(search(words)) == [version]
    assert not search(f"{words} ksiegowosc").exists()


@pytest.mark.parametrize("sign", ["%", "_", "\\"])
def test_signs_of_sql_are_only_text(sign: str) -> None:
    load_sample()

    assert not search(sign * 3).exists()


def test_the_tree_takes_the_same_queries_for_any_number_of_criteria(
    django_assert_num_queries,
) -> None:
    (small,) = load_sample()
    data = (sources() / "004_1867f05c87620b3a.txt").read_bytes()
    large = import_document(
        data=data, filename="004.txt", accept=("title-missing",), publish=True
    ).version
    assert large is not None

    for version, criteria in ((small, 18), (large, 57)):
        with django_assert_num_queries(6):
            tree = version_tree(version.pk)
            assert tree.criterion_count == criteria


def test_a_draft_is_not_shown() -> None:
    version = import_document(data=lettered(), filename="a.txt").version
    assert version is not None

    with pytest.raises(QualificationVersion.DoesNotExist):
        version_tree(version.pk)
