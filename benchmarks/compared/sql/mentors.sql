WITH me AS (
    SELECT person.id AS user_id, password, appointment.school_id
    FROM accounts_user person
        JOIN schools_inductiontutor appointment ON appointment.user_id = person.id
    WHERE person.id = %(user)s AND is_active AND NOT is_staff AND appointment.started_on <= %(day)s
        AND (appointment.finished_on IS NULL OR appointment.finished_on > %(day)s)
), school AS (
    SELECT * FROM schools_school WHERE urn = %(urn)s AND id IN (SELECT school_id FROM me)
), listed AS (
    SELECT DISTINCT ON (teacher_id) there.*, coalesce(there.finished_on <= %(day)s, false) AS gone,
        EXISTS (
            SELECT FROM mentors_mentorship pair
            WHERE mentor_teacher_id = there.teacher_id AND pair.school_id = there.school_id
                AND pair.started_on <= %(day)s
                AND (pair.finished_on IS NULL OR pair.finished_on > %(day)s)
        ) AS mentoring
    FROM schools_mentoratschool there JOIN school ON school.id = there.school_id
    ORDER BY teacher_id, coalesce(there.finished_on <= %(day)s, false),
        CASE WHEN there.finished_on <= %(day)s THEN date '2000-01-01' - there.started_on
            ELSE there.started_on - date '2000-01-01' END
), card AS (
    SELECT listed.*, name, trn, searchable_name
    FROM listed JOIN schools_teacher teacher ON teacher.id = teacher_id
    WHERE mentoring AND NOT gone ORDER BY searchable_name, trn LIMIT 50
)
SELECT school.name, school.urn, EXISTS (SELECT FROM me WHERE school_id <> school.id),
    (SELECT password FROM me LIMIT 1),
    (SELECT count(*) FROM listed WHERE mentoring AND NOT gone),
    (SELECT count(*) FROM listed WHERE NOT mentoring AND NOT gone),
    (SELECT count(*) FROM listed WHERE gone),
    (
        SELECT json_agg(json_build_array(public_id, card.name,
            EXISTS (
                SELECT FROM declarations_declaration declared
                    JOIN declarations_trainingperiod training ON training.id = training_period_id
                WHERE declared.teacher_id = card.teacher_id AND declaration_type = 'completed'
                    AND state IN ('submitted', 'eligible', 'payable', 'paid')
                    AND training.mentor_id IS NOT NULL
                    AND (declaration_date AT TIME ZONE 'Europe/London')::date <= %(day)s
            ) OR EXISTS (
                SELECT FROM declarations_recordedcompletion recorded
                WHERE recorded.teacher_id = card.teacher_id AND kind = 'early_roll_out'
            ),
            (
                SELECT json_agg(json_build_array(teacher.name, teacher.induction_started_on)
                    ORDER BY teacher.searchable_name, pair.started_on)
                FROM mentors_mentorship pair
                    JOIN schools_ectatschool ect ON ect.id = ect_id
                    JOIN schools_teacher teacher ON teacher.id = ect.teacher_id
                WHERE mentor_teacher_id = card.teacher_id AND pair.school_id = card.school_id
                    AND pair.started_on <= %(day)s
                    AND (pair.finished_on IS NULL OR pair.finished_on > %(day)s)
            )
        ) ORDER BY searchable_name, trn) FROM card
    )
FROM school
