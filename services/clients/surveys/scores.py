"""The scores of a client with their 95 % intervals, as PostgreSQL computes them for the page.

The formulas are those of surveys: Wilson for satisfied people, adjusted Wald with three
pseudo-answers for the net promoter score; a test holds both sides to the same figures.
"""

from typing import Final

from services.clients.reach import may_know

_Z: Final = "1.959963984540054::float"
_COUNTED: Final = f"""
    SELECT r.kind, sum(r.responses)::float AS n, sum(r.positive)::float AS p,
           sum(r.negative)::float AS d
    FROM survey_results r
    WHERE r.client_id = c.id AND {may_know("r")}
      AND r.kind IN ('nps', 'csat') AND r.positive IS NOT NULL
    GROUP BY r.kind
"""
_SHARES: Final = f"""
    SELECT *, p / n AS share, (p + 0.75) / (n + 3) - (d + 0.75) / (n + 3) AS net,
           (p + d + 1.5) / (n + 3) AS decided, {_Z} * {_Z} AS zz
    FROM ({_COUNTED}) counted
"""
_BOUNDS: Final = f"""
    SELECT *, CASE kind WHEN 'nps' THEN (p - d) / n ELSE share END AS plain,
        CASE kind WHEN 'nps' THEN net ELSE (share + zz / (2 * n)) / (1 + zz / n) END AS centre,
        {_Z} * CASE kind WHEN 'nps' THEN sqrt((decided - net * net) / (n + 3))
            ELSE sqrt(share * (1 - share) / n + zz / (4 * n * n)) / (1 + zz / n) END AS reach,
        CASE kind WHEN 'nps' THEN -1 ELSE 0 END AS least
    FROM ({_SHARES}) shares
"""
_PERCENT: Final = "round((100 * ({0}))::numeric, 1)::float"
SCORES: Final = f"""
    SELECT kind, n::integer AS responses, {_PERCENT.format("plain")} AS score,
        {_PERCENT.format("greatest(least(centre - reach, plain), least)")} AS low,
        {_PERCENT.format("least(greatest(centre + reach, plain), 1)")} AS high
    FROM ({_BOUNDS}) bounds
"""
"""A row per kind over the client `c`; anonymous rounds count once they may speak."""
