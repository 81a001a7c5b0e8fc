-- The questions asked of a set of visits, each under its name ("-- name:"), in the part of SQL that SQLite, DuckDB and
-- Spark share: sum(case ...), count, group by, order by; whole numbers only, nothing divided, no null sorted.
--
-- The tables, the same in every engine:
--   visits    (visit INTEGER, team INTEGER, cycle TEXT, kind TEXT, status TEXT)
--   standards (standard INTEGER, number TEXT, type TEXT, section INTEGER)
--   ratings   (visit INTEGER, standard INTEGER, counts INTEGER, basis INTEGER, score INTEGER)
--                counts: 1 met, 0 not met, 2 not applicable, 3 unrated; basis: 1 agreed, 2 peer, 3 derived,
--                4 self-review, 0 none; score: points on a scored scale, -1 without
--   surveys   (visit INTEGER, grp TEXT, standard INTEGER, yes INTEGER, no INTEGER, na INTEGER)
--   audit     (visit INTEGER, item TEXT, yes INTEGER, no INTEGER, na INTEGER, not_recorded INTEGER)
--   actions   (visit INTEGER, standard INTEGER, state TEXT, n INTEGER)
--   context   (visit INTEGER, field TEXT, value DOUBLE, yesno INTEGER)
--   people    (visit INTEGER, what TEXT, name TEXT, n INTEGER)    what: spoken, reviewer, respondents

-- name: per_standard
select standard, counts, count(*) as n
from ratings
group by standard, counts
order by standard, counts;
