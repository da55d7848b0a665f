"""The columns of the fourth revision: what the client page says of teams, scores and follow-ups."""

from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE engagement_refs ADD COLUMN team jsonb, ADD COLUMN consulting_pm_id uuid",
    "ALTER TABLE case_refs ADD COLUMN source_id uuid",
    "CREATE INDEX case_refs_source ON case_refs (source_id) WHERE source_id IS NOT NULL",
    "ALTER TABLE survey_results ADD COLUMN positive integer, ADD COLUMN negative integer,"
    " ADD COLUMN source_id uuid, ADD COLUMN engagement_id uuid, ADD COLUMN case_id uuid",
    """UPDATE survey_results r SET
        source_id = coalesce((SELECT e.record_id FROM survey_entries e WHERE e.id = r.id), r.id),
        positive = CASE WHEN r.scores <> '{}' THEN (SELECT count(*) FROM unnest(r.scores) x
            WHERE x >= CASE r.kind WHEN 'nps' THEN 9 ELSE 4 END) END,
        negative = CASE WHEN r.scores <> '{}' THEN (SELECT count(*) FROM unnest(r.scores) x
            WHERE x <= CASE r.kind WHEN 'nps' THEN 6 ELSE 3 END) END""",
    "ALTER TABLE survey_results ALTER COLUMN source_id SET NOT NULL, DROP COLUMN scores",
)
