"""What `rapport doctor` finds of backups where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.backup.looking import findings_of
from deploy.cli.doctor import examine
from deploy.supervisor.home import Home


def test_no_backup_is_a_warning_and_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("RAPPORT_POSTGRES_URL", raising=False)
    found = list(findings_of(Home(tmp_path)))
    monkeypatch.setattr("deploy.cli.doctor._findings", lambda home: iter(found))
    assert examine() == 0
    said = capsys.readouterr().out
    assert "warning" in said
    assert "→ set RAPPORT_BACKUP to a folder" in said


def test_a_backup_that_is_not_ours_to_take_is_no_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_POSTGRES_URL", "postgresql://a@127.0.0.1:1/x")
    assert [finding.safe for finding in findings_of(Home(tmp_path))] == [True]
