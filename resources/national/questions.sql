-- The questions asked of a set of visits, each under its name ("-- name:"), in the part of SQL that SQLite, DuckDB and
-- Spark share: sum(case ...), count, join, group by, order by; whole numbers only, nothing divided, no null sorted.
--
-- The tables, the same in every engine (reviewapp/store/question_tables.py); only visits that count are in them:
--   visits         (visit INTEGER, team INTEGER, cycle TEXT, month TEXT, kind TEXT, status TEXT, revision INTEGER)
--   ratings        (visit INTEGER, part INTEGER, standard INTEGER, counts INTEGER, basis INTEGER, score INTEGER)
--                    standard: its place in the instrument, from 0; part: the standards of one type in one section;
--                    counts: 1 met, 0 not met, 2 not applicable, 3 unrated, 4 scored; basis: 1 agreed, 2 peer,
--                    3 derived, 4 self-review, 0 none; score: points on a scored scale, -1 without
--   survey_answers (visit INTEGER, grp TEXT, standard INTEGER, yes INTEGER, no INTEGER, na INTEGER)
--   audit_answers  (visit INTEGER, item TEXT, yes INTEGER, no INTEGER, na INTEGER, not_recorded INTEGER)
--   action_counts  (visit INTEGER, standard TEXT, state TEXT, n INTEGER)
--   facts          (visit INTEGER, field TEXT, value DOUBLE, yesno INTEGER)   yesno: 1 yes, 0 no, -1 a number: value
--   people         (visit INTEGER, what TEXT, name TEXT, n INTEGER)           what: spoken, reviewer, respondents

-- name: visits
select visit, team, cycle, month, kind, status, revision
from visits
order by visit;

-- name: per_standard
select v.cycle, v.status, r.standard, r.counts, r.basis, r.score, count(*) as n
from ratings r
join visits v on v.visit = r.visit
group by v.cycle, v.status, r.standard, r.counts, r.basis, r.score
order by v.cycle, v.status, r.standard, r.counts, r.basis, r.score;

-- name: per_visit
select visit, part,
  sum(case when counts = 1 then 1 else 0 end) as met,
  sum(case when counts = 0 then 1 else 0 end) as not_met,
  sum(case when counts = 2 then 1 else 0 end) as na,
  sum(case when counts = 3 then 1 else 0 end) as unrated,
  sum(case when counts = 4 then 1 else 0 end) as scored,
  sum(case when counts = 4 then score else 0 end) as points
from ratings
group by visit, part
order by visit, part;

-- name: survey_answers
select v.cycle, s.grp, s.standard, sum(s.yes) as yes, sum(s.no) as no, sum(s.na) as na, count(*) as visits
from survey_answers s
join visits v on v.visit = s.visit
group by v.cycle, s.grp, s.standard
order by v.cycle, s.grp, s.standard;

-- name: audit_answers
select v.cycle, a.item, sum(a.yes) as yes, sum(a.no) as no, sum(a.na) as na, sum(a.not_recorded) as not_recorded,
  count(*) as visits
from audit_answers a
join visits v on v.visit = a.visit
group by v.cycle, a.item
order by v.cycle, a.item;

-- name: action_counts
select v.cycle, a.standard, a.state, sum(a.n) as n
from action_counts a
join visits v on v.visit = a.visit
group by v.cycle, a.standard, a.state
order by v.cycle, a.standard, a.state;

-- name: facts
select v.cycle, f.field, f.yesno, f.value, count(*) as visits
from facts f
join visits v on v.visit = f.visit
group by v.cycle, f.field, f.yesno, f.value
order by v.cycle, f.field, f.yesno, f.value;

-- name: people
select v.cycle, p.what, p.name, sum(p.n) as n, count(*) as visits
from people p
join visits v on v.visit = p.visit
group by v.cycle, p.what, p.name
order by v.cycle, p.what, p.name;
