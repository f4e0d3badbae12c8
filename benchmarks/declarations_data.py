"""Mentors in training and their declarations, by the hundred thousand, for the other benchmarks.

Six in ten mentors are trained by the first of ten providers. One mentor in twenty has changed
provider: it then sees what the one before it declared.
"""

from django.db import connection

_TABLES = """
INSERT INTO schools_school (id, urn, name, status, establishment_type, phase, local_authority,
        street, town, postcode)
    SELECT n, 100000 + n, 'School ' || n, 1, '', '', '', '', '', '' FROM generate_series(1, 1000) n;
INSERT INTO declarations_leadprovider (id, name)
    SELECT n, 'Provider ' || n FROM generate_series(1, 10) n;
INSERT INTO declarations_deliverypartner (id, public_id, name)
    SELECT n, gen_random_uuid(), 'Partner ' || n FROM generate_series(1, 50) n;
INSERT INTO declarations_cohort (id, start_year, closed_for_payment)
    SELECT n, 2019 + n, false FROM generate_series(1, 5) n;
INSERT INTO declarations_schoolyear (id, school_id, cohort_id, programme, appropriate_body)
    SELECT (s - 1) * 5 + c, s, c, 'provider_led', ''
    FROM generate_series(1, 1000) s, generate_series(1, 5) c;
INSERT INTO declarations_schoolpartnership (id, school_year_id, school_id, cohort_id,
        lead_provider_id, delivery_partner_id)
    SELECT (y.id - 1) * 10 + p, y.id, y.school_id, y.cohort_id, p, 1 + (y.id + p) %% 50
    FROM declarations_schoolyear y, generate_series(1, 10) p;
INSERT INTO schools_teacher (id, participant_id, trn, name, date_of_birth)
    SELECT n, gen_random_uuid(), lpad(n::text, 7, '0'), 'Teacher ' || n, '1990-01-01'
    FROM generate_series(1, %(teachers)s) n;
INSERT INTO schools_mentoratschool (id, public_id, teacher_id, school_id, email, started_on)
    SELECT n, gen_random_uuid(), n, 1 + n %% 1000, 'm' || n || '@school.example', '2020-09-01'
    FROM generate_series(1, %(teachers)s) n;
CREATE TEMPORARY TABLE trained AS
    SELECT n, moved, year, CASE WHEN n %% 10 < 6 THEN 1 ELSE 2 + n %% 9 END AS now_with,
        CASE WHEN n %% 10 < 6 THEN 2 + n %% 9 ELSE 1 END AS before_with
    FROM (SELECT n, n %% 20 = 3 AS moved, 1 + (n / 7) %% 5 AS year
          FROM generate_series(1, %(teachers)s) n) AS numbered;
INSERT INTO declarations_trainingperiod (id, public_id, mentor_id, teacher_id, school_id,
        partnership_id, cohort_id, lead_provider_id, started_on, end_reason)
    SELECT n, gen_random_uuid(), n, n, 1 + n %% 1000, ((n %% 1000) * 5 + year - 1) * 10 + now_with,
        year, now_with,
        make_date(2019 + year + moved::int, CASE WHEN moved THEN 3 ELSE 9 END, 1), ''
    FROM trained;
INSERT INTO declarations_trainingperiod (id, public_id, mentor_id, teacher_id, school_id,
        partnership_id, cohort_id, lead_provider_id, started_on, finished_on, end_reason)
    SELECT 10000000 + n, gen_random_uuid(), n, n, 1 + n %% 1000,
        ((n %% 1000) * 5 + year - 1) * 10 + before_with, year, before_with,
        make_date(2019 + year, 9, 1), make_date(2020 + year, 3, 1), ''
    FROM trained WHERE moved
"""
_DECLARATIONS = """
INSERT INTO declarations_declaration (id, training_period_id, teacher_id, lead_provider_id,
        cohort_id, delivery_partner_id, declaration_type, declaration_date, evidence_held, state,
        created_at, updated_at)
    SELECT gen_random_uuid(), CASE WHEN earlier THEN 10000000 + n ELSE n END, n,
        CASE WHEN earlier THEN before_with ELSE now_with END, year, 1 + n % 50,
        (ARRAY['started', 'retained-1', 'retained-2', 'retained-3', 'completed'])[k], at,
        CASE WHEN k = 1 THEN '' ELSE 'other' END,
        (ARRAY['paid', 'paid', 'eligible', 'voided', 'payable'])[1 + (n + k) % 5],
        at + interval '10 days', at + (10 + (n::bigint * 7919 + k) % 200) * interval '1 day'
    FROM (SELECT *, moved AND k < 3 AS earlier, make_timestamptz(2019 + year, 10, 1, 0, 0, 0)
              + k * interval '70 days'
              + (n::bigint * 104729 + k * 31) % 6000000 * interval '1 second' AS at
          FROM trained, generate_series(1, 5) k) AS declared
    ORDER BY at
"""


def fill(teachers: int, *, declarations: bool) -> None:
    """Fill an empty database with so many mentors in training and, if asked, 5 declarations each.

    Past the triggers, as nobody asks about the history of this data.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in (_TABLES % {"teachers": teachers}).split(";\n"):
            cursor.execute(statement)
        if declarations:
            cursor.execute(_DECLARATIONS)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
