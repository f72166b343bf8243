from pathlib import Path

from assistant.ingestion import Ingested
from assistant.ingestion_report import in_words, keep_report, read_reports, report_of
from corpus.library import Unreadable
from tests.supplies import settings_of

BROKEN = Unreadable("guide.pdf", "The PDF is incomplete.", "Send it once more.")


def test_the_latest_runs_are_kept_the_newest_first(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    for n in range(60):
        ingested = Ingested(added=(f"p{n}.md",), refused=(BROKEN,))
        keep_report(settings, report_of("2026-11-24T09:30:00+01:00", n, ["site"], ingested, "g"))

    reports = read_reports(settings)

    assert len(reports) == 50
    assert reports[0].added == ("p59.md",)
    assert reports[0].unreadable == (BROKEN,)
    assert reports[0].counts == {
        "added": 1, "changed": 0, "removed": 0, "unchanged": 0, "unreadable": 1,
    }  # fmt: skip


def test_of_runs_without_news_over_the_same_sources_the_last_is_kept(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    for hour in range(3):
        ingested = Ingested(unchanged=("a.md",))
        keep_report(settings, report_of(f"2026-11-24T0{hour}", 0.2, ["site"], ingested))
    keep_report(settings, report_of("2026-11-24T04", 0.2, ["other"], Ingested(unchanged=("b",))))

    assert [report.started for report in read_reports(settings)] == [
        "2026-11-24T04", "2026-11-24T02",
    ]  # fmt: skip


def test_a_report_names_some_and_counts_all(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    added = tuple(f"p{n}.md" for n in range(900))
    report = report_of("now", 3.21, ["site"], Ingested(added=added))
    keep_report(settings, report)

    (kept,) = read_reports(settings)
    assert len(kept.added) == 500
    assert kept.counts is not None
    assert kept.counts["added"] == 900
    assert in_words(report).startswith("Documents: added 900, changed 0, removed 0")


def test_reports_that_are_damaged_or_not_there_are_none(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert read_reports(settings) == ()
    for damage in ("{", "[1]", '[{"started": 1}]'):
        settings.data.mkdir(exist_ok=True)
        (settings.data / "ingestions.json").write_text(damage)
        assert read_reports(settings) == ()
