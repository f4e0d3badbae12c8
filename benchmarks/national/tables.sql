-- The rows of each table, at a scale. The one place that knows the tables: loading.py says how it is
-- read. A column that a table lacks is left out, one that a SELECT lacks is empty, so a column can be
-- added here before or after its migration. `rows_of_TABLE` has all columns of an earlier SELECT.
--
-- :schools and :trusts are numbers of rows, :first_year the first of five academic years, and :today
-- the day that the data is of. Chance is a hash, so that every load makes the same rows.

-- helper
CREATE FUNCTION pg_temp.chance(what bigint, salt bigint, of int) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ((hashint8extended(what, salt) & 9223372036854775807) % of)::int

-- helper
CREATE FUNCTION pg_temp.public_id(kind text, what bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN md5(kind || what)::uuid

-- helper
CREATE FUNCTION pg_temp.person_name(what bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (ARRAY['Aisha','Alex','Amara','Ben','Beth','Carys','Chloé','Daniel','Ebony','Ed','Farah',
    'George','Grace','Hannah','Idris','Imogen','Jack','Jasmine','Joe','Kate','Kwame','Laila','Leo',
    'Lucy','Maya','Mohammed','Nia','Noah','Olivia','Omar','Poppy','Priya','Rhys','Rosa','Sam','Seán',
    'Sofia','Tom','Wei','Zoë'])[1 + pg_temp.chance(what, 1, 40)]
    || ' ' ||
    (ARRAY['Abbott','Adeyemi','Ahmed','Baker','Begum','Bennett','Brown','Campbell','Chen','Clarke',
    'Cohen','Cooper','Davies','Dixon','Edwards','Evans','Fisher','Foster','Garcia','Green','Hall',
    'Harris','Hughes','Hussain','Jackson','Johnson','Jones','Kaur','Khan','King','Lewis','Lloyd',
    'Martin','Mitchell','Morgan','Murphy','Nowak','O''Brien','Okafor','Owen','Parker','Patel',
    'Phillips','Price','Quinn','Reid','Roberts','Rowe','Shah','Singh','Smith','Taylor','Thomas',
    'Turner','Walker','Ward','White','Williams','Wood','Young'])[1 + pg_temp.chance(what, 2, 60)]

-- Most schools are small, the first has 300 mentors. On average 6 mentors and 10 ECTs.
-- helper
CREATE TEMPORARY TABLE sized AS
SELECT n AS school_id,
    CASE WHEN n = 1 THEN 300 ELSE (ARRAY[2,2,2,2,2,2,2,2,4,4,4,4,4,4,8,8,8,14,14,28])[1 + n % 20] END
        AS mentors,
    CASE WHEN n = 1 THEN 500 ELSE (ARRAY[3,3,3,3,3,3,3,3,7,7,7,7,7,7,13,13,13,24,24,47])[1 + n % 20] END
        AS ects
FROM generate_series(1, :schools) n

-- rows of schools_school
SELECT n AS id, 100000 + n - 1 AS urn,
    (ARRAY['Ash','Beech','Cedar','Elm','Fern','Hazel','Holly','Lime','Maple','Oak'])
        [1 + pg_temp.chance(n, 3, 10)]
    || ' ' ||
    (ARRAY['Bank','Common','Court','Green','Grove','Hill','Lane','Park','Road','Vale'])
        [1 + pg_temp.chance(n, 4, 10)]
    || ' School ' || n AS name,
    1 AS status, 'Community school' AS establishment_type, 'Primary' AS phase,
    'Authority ' || n % 150 AS local_authority, n || ' High Street' AS street,
    'Town ' || n % 900 AS town, 'AA1 1AA' AS postcode
FROM generate_series(1, :schools) n

-- rows of accounts_user
SELECT n AS id, 'tutor' || n || '@school.example' AS email, pg_temp.person_name(n + 9000000) AS name,
    '!' || repeat('x', 40) AS password, true AS is_active, n = 0 AS is_staff, n = 0 AS is_superuser,
    make_date(:first_year, 9, 1) AS date_joined
FROM generate_series(0, :schools + :schools / 10) n

-- Each school has a tutor of its own, one in ten a second one, and a trust's tutor has 40 schools.
-- rows of schools_inductiontutor
SELECT row_number() OVER () AS id, user_id, school_id, make_date(:first_year, 9, 1) AS started_on,
    'nomination' AS source
FROM (
    SELECT n AS user_id, n AS school_id FROM generate_series(1, :schools) n
    UNION
    SELECT :schools + n, n * 10 FROM generate_series(1, :schools / 10) n
    UNION
    SELECT trust, 1 + (trust * 400 + n) % :schools
    FROM generate_series(1, :trusts) trust, generate_series(0, 39) n
) AS appointed

-- rows of declarations_cohort
SELECT n AS id, :first_year + n - 1 AS start_year, n = 1 AS closed_for_payment
FROM generate_series(1, 5) n

-- rows of declarations_leadprovider
SELECT n AS id, 'Lead provider ' || n AS name,
    CASE WHEN n < 8 THEN 'schools@provider' || n || '.example' ELSE '' END AS email
FROM generate_series(1, 8) n

-- rows of declarations_deliverypartner
SELECT n AS id, pg_temp.public_id('partner', n) AS public_id, 'Teaching hub ' || n AS name
FROM generate_series(1, 120) n

-- Every hub works with every provider, each year.
-- rows of declarations_leadproviderdeliverypartnership
SELECT row_number() OVER () AS id, provider AS lead_provider_id, hub AS delivery_partner_id,
    c AS cohort_id
FROM generate_series(1, 8) provider, generate_series(1, 120) hub, generate_series(1, 5) c

-- Nine schools in ten use a training provider; the newest year is not decided everywhere.
-- rows of declarations_schoolyear
SELECT (s - 1) * 5 + c AS id, s AS school_id, c AS cohort_id,
    CASE WHEN s % 12 = 7 THEN 'school_led' WHEN c = 5 AND s % 9 = 4 THEN 'not_decided'
        ELSE 'provider_led' END AS programme,
    CASE WHEN s % 5 = 0 THEN '' ELSE 'Appropriate body ' || s % 40 END AS appropriate_body
FROM generate_series(1, :schools) s, generate_series(1, 5) c

-- The first provider trains at six schools in ten. Three in ten have a second one each year.
-- rows of declarations_schoolpartnership
SELECT year.id * 2 - 1 + second AS id, year.id AS school_year_id, year.school_id, year.cohort_id,
    provider AS lead_provider_id, 1 + (year.school_id * 7 + provider) % 120 AS delivery_partner_id
FROM rows_of_declarations_schoolyear year,
    LATERAL (SELECT CASE WHEN year.school_id % 10 < 6 THEN 1 ELSE 2 + year.school_id % 7 END,
                    CASE WHEN year.school_id % 10 < 6 THEN 2 + year.school_id % 7 ELSE 1 END
    ) AS providers (first, other),
    LATERAL (SELECT 0, first UNION ALL SELECT 1, other WHERE year.school_id % 10 IN (1, 4, 8)
    ) AS partnership (second, provider)
WHERE year.programme = 'provider_led'

-- One mentor in seven has left, and some of those came back. Half have been there from the start.
-- helper
CREATE TEMPORARY TABLE mentor AS
SELECT *, CASE WHEN left_after IS NULL THEN NULL
        ELSE least(started_on + left_after, :today - 1) END AS finished_on
FROM (
    SELECT row_number() OVER (ORDER BY school_id, k) AS teacher_id, school_id, k, year,
        make_date(:first_year + year - 1, 9, 1) AS started_on,
        CASE WHEN k % 7 = 6 THEN 400 + pg_temp.chance(school_id * 1000 + k, 6, 500) END AS left_after
    FROM sized, generate_series(1, mentors) k,
        LATERAL (SELECT CASE WHEN k = 1 OR k % 7 = 6
                OR pg_temp.chance(school_id * 1000 + k, 5, 2) = 0 THEN 1
            ELSE 1 + pg_temp.chance(school_id * 1000 + k, 7, 5) END) AS began (year)
) AS came

-- helper
CREATE TEMPORARY TABLE ect AS
SELECT *, CASE WHEN left_on <= :today THEN left_on END AS finished_on
FROM (
    SELECT *, CASE
            WHEN done_on IS NULL AND chance_of_leaving < 10 THEN started_on + 200 + chance_of_leaving * 30
            WHEN chance_of_leaving > 80 THEN done_on + 100
        END AS left_on
    FROM (
        SELECT *, CASE WHEN started_on + 730 <= :today
                AND pg_temp.chance(n, 9, 100) < 85 THEN started_on + 730 END AS done_on,
            pg_temp.chance(n, 10, 100) AS chance_of_leaving
        FROM (
            SELECT *, least(make_date(:first_year + year - 1, 9, 1)
                + pg_temp.chance(n, 8, 100), :today - 7) AS started_on
            FROM (
                SELECT row_number() OVER (ORDER BY school_id, k) AS n, school_id,
                    1 + pg_temp.chance(school_id * 1000 + k, 11, 5) AS year
                FROM sized, generate_series(1, ects) k
            ) AS numbered
        ) AS started
    ) AS done
) AS gone

-- rows of schools_teacher
SELECT n AS id, pg_temp.public_id('participant', n) AS participant_id, lpad(n::text, 7, '0') AS trn,
    pg_temp.person_name(n) AS name, date '1960-01-01' + pg_temp.chance(n, 12, 14000) AS date_of_birth,
    CASE WHEN n % 3 > 0 THEN make_date(:first_year, 9, 1) END AS mentor_funding_eligible_from,
    ect.started_on AS induction_started_on, ect.done_on AS induction_finished_on
FROM generate_series(1, (SELECT sum(mentors + ects) FROM sized)) AS person (n)
    LEFT JOIN (SELECT (SELECT max(teacher_id) FROM mentor) + n AS teacher_id, started_on, done_on
        FROM ect) AS ect ON ect.teacher_id = person.n

-- rows of schools_mentoratschool
-- Email addresses are short at every scale: the service breaks long ones, and the floor does not.
SELECT row_number() OVER (ORDER BY school_id, teacher_id, started_on) AS id, *
FROM (
    SELECT teacher_id, school_id, started_on, finished_on, year, true AS trained,
        pg_temp.public_id('mentor', teacher_id) AS public_id,
        'mentor' || teacher_id || '@s' || school_id || '.test' AS email
    FROM mentor
    UNION ALL
    SELECT teacher_id, school_id, finished_on + 20, NULL, year, false,
        pg_temp.public_id('returned', teacher_id), 'back' || teacher_id || '@school.example'
    FROM mentor WHERE finished_on < :today - 30 AND school_id % 3 = 0
    UNION ALL
    SELECT teacher_id, 1 + school_id % :schools, started_on + 30, NULL, year, false,
        pg_temp.public_id('elsewhere', teacher_id), 'also' || teacher_id || '@school.example'
    FROM mentor WHERE k = 1 AND school_id % 6 = 0
) AS times

-- rows of schools_ectatschool
SELECT n AS id, (SELECT max(teacher_id) FROM mentor) + n AS teacher_id, school_id, started_on,
    finished_on, least(finished_on, done_on) AS mentored_until, year,
    pg_temp.public_id('ect', n) AS public_id,
    'ect' || n || '@s' || school_id || '.test' AS email
FROM ect

-- helper
CREATE INDEX ON rows_of_schools_mentoratschool (school_id)

-- One ECT in four has changed mentor, one in twenty has none. Whoever was there all the time mentors.
-- rows of mentors_mentorship
SELECT row_number() OVER (ORDER BY ect.id, piece.started_on) AS id, mentor.id AS mentor_id,
    ect.id AS ect_id, ect.school_id, mentor.teacher_id AS mentor_teacher_id,
    ect.teacher_id AS ect_teacher_id, piece.started_on, piece.finished_on,
    CASE WHEN piece.finished_on IS NULL THEN '' WHEN changed THEN 'changed'
        WHEN piece.finished_on = ect.finished_on THEN 'ect_left' ELSE 'induction_completed' END
        AS end_reason
FROM rows_of_schools_ectatschool ect,
    LATERAL (SELECT ect.id % 4 = 0 AND ect.started_on + 250 < coalesce(mentored_until, :today)
        AS twice) AS how,
    LATERAL (
        SELECT ect.started_on, ect.started_on + 250, true WHERE twice
        UNION ALL
        SELECT ect.started_on + 250, mentored_until, false WHERE twice
        UNION ALL
        SELECT ect.started_on, mentored_until, false WHERE NOT twice
    ) AS piece (started_on, finished_on, changed),
    LATERAL (
        SELECT * FROM rows_of_schools_mentoratschool there
        WHERE there.school_id = ect.school_id AND there.started_on <= piece.started_on
            AND coalesce(there.finished_on, 'infinity') >= coalesce(piece.finished_on, 'infinity')
        ORDER BY pg_temp.chance(there.id, ect.id + changed::int, 1000000) LIMIT 1
    ) AS mentor
WHERE ect.id % 20 > 0

-- Mentors are trained from the year they came. Of those with two providers, one in three has moved.
-- rows of declarations_trainingperiod
SELECT row_number() OVER (ORDER BY ect_id, mentor_id, started_on) AS id,
    pg_temp.public_id('training', coalesce(mentor_id, 0) * 2 + coalesce(ect_id, 0) * 20000000
        + second) AS public_id, periods.*
FROM (
    SELECT mentor.id AS mentor_id, NULL::bigint AS ect_id, mentor.teacher_id, mentor.school_id,
        partnership.id AS partnership_id, partnership.lead_provider_id,
        partnership.delivery_partner_id, partnership.cohort_id, second,
        CASE WHEN second = 1 THEN moved_on ELSE began_on END AS started_on,
        CASE WHEN second = 0 AND moved THEN moved_on ELSE mentor.finished_on END AS finished_on,
        CASE WHEN (second = 1 OR NOT moved) AND mentor.finished_on IS NOT NULL
            THEN 'left_school' ELSE '' END AS end_reason
    FROM rows_of_schools_mentoratschool mentor
        JOIN rows_of_declarations_schoolpartnership partnership
            ON partnership.school_id = mentor.school_id AND partnership.cohort_id = mentor.year,
        LATERAL (SELECT mentor.started_on + 30, mentor.started_on + 330, mentor.id % 3 = 0
            AND mentor.school_id % 10 IN (1, 4, 8) AND mentor.started_on + 340 < :today
        ) AS training (began_on, moved_on, moved),
        LATERAL (SELECT (partnership.id + 1) % 2) AS of_it (second)
    WHERE mentor.trained AND mentor.id % 12 > 0 AND (second = 0 OR moved)
    UNION ALL
    SELECT NULL, ect.id, ect.teacher_id, ect.school_id, partnership.id,
        partnership.lead_provider_id, partnership.delivery_partner_id, partnership.cohort_id, 0,
        ect.started_on, ect.mentored_until,
        CASE WHEN ect.finished_on = ect.mentored_until THEN 'left_school' ELSE '' END
    FROM rows_of_schools_ectatschool ect
        JOIN rows_of_declarations_schoolpartnership partnership
            ON partnership.school_id = ect.school_id AND partnership.cohort_id = ect.year
    WHERE partnership.id % 2 = 1
) AS periods

-- Nine types 75 days apart, as far as they have come about; before two in three stands a voided one.
-- rows of declarations_declaration
SELECT pg_temp.public_id('declaration', number) AS id, *,
    created_at + (array_length(states, 1) - 1) * interval '30 days' AS updated_at,
    states[array_length(states, 1)] AS state
FROM (
    SELECT row_number() OVER (ORDER BY declared.at, training.id) AS number,
        training.id AS training_period_id, training.teacher_id, training.lead_provider_id,
        training.partnership_id, training.delivery_partner_id, training.cohort_id,
        'ecf-mentor' AS course_identifier, declared.type AS declaration_type,
        declared.at AS declaration_date, CASE WHEN k = 1 THEN '' ELSE 'other' END AS evidence_held,
        declared.at + interval '10 days' + again * interval '1 hour' AS created_at,
        CASE WHEN again = 0 THEN ARRAY['submitted', 'voided']
            WHEN age < 60 THEN ARRAY['submitted'] WHEN age < 90 THEN ARRAY['eligible']
            WHEN age < 130 THEN ARRAY['eligible', 'payable']
            WHEN training.id % 97 = 0
            THEN ARRAY['eligible', 'payable', 'paid', 'awaiting_clawback', 'clawed_back']
            ELSE ARRAY['eligible', 'payable', 'paid'] END AS states
    FROM rows_of_declarations_trainingperiod training,
        generate_series(1, 9) k,
        LATERAL (
            SELECT (ARRAY['started', 'retained-1', 'retained-2', 'retained-3', 'retained-4',
                'completed', 'extended-1', 'extended-2', 'extended-3'])[k],
            make_timestamptz(:first_year + training.cohort_id::int - 1, 10, 2, 9, 0, 0)
                + (k - 1) * interval '75 days'
                + pg_temp.chance(training.teacher_id, 13, 30 * 86400) * interval '1 second'
        ) AS declared (type, at),
        LATERAL (SELECT :today - declared.at::date) AS since (age),
        generate_series(CASE WHEN pg_temp.chance(training.teacher_id * 9 + k, 14, 3) > 0
            THEN 0 ELSE 1 END, 1) again
    WHERE training.mentor_id IS NOT NULL AND age > 12 AND declared.at >= training.started_on
        AND declared.at < coalesce(training.finished_on, 'infinity')
) AS made

-- rows of declarations_declarationstatechange
SELECT row_number() OVER (ORDER BY number, step) AS id, declaration.id AS declaration_id,
    CASE WHEN step = 1 THEN '' ELSE states[step - 1] END AS from_state, to_state,
    created_at + (step - 1) * interval '30 days' AS changed_at, 'command benchmark' AS by,
    'National data' AS why
FROM rows_of_declarations_declaration declaration,
    unnest(states) WITH ORDINALITY AS moved (to_state, step)

-- rows of declarations_recordedcompletion
SELECT row_number() OVER () AS id, teacher_id, 'early_roll_out' AS kind, now() AS recorded_at
FROM mentor WHERE teacher_id % 50 = 0
