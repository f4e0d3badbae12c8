WITH me AS (
    SELECT person.id AS user_id, password, appointment.school_id
    FROM accounts_user person
        JOIN schools_inductiontutor appointment ON appointment.user_id = person.id
    WHERE person.id = %(user)s AND is_active AND NOT is_staff AND appointment.started_on <= %(day)s
        AND (appointment.finished_on IS NULL OR appointment.finished_on > %(day)s)
), school AS (
    SELECT * FROM schools_school WHERE urn = %(urn)s AND id IN (SELECT school_id FROM me)
), ect AS (
    SELECT DISTINCT ON (teacher_id) there.*
    FROM schools_ectatschool there JOIN school ON school.id = there.school_id
    ORDER BY teacher_id, coalesce(there.finished_on <= %(day)s, false),
        CASE WHEN there.finished_on <= %(day)s THEN date '2000-01-01' - there.started_on
            ELSE there.started_on - date '2000-01-01' END
)
SELECT school.name, school.urn, EXISTS (SELECT FROM me WHERE school_id <> school.id),
    (SELECT password FROM me LIMIT 1),
    (
        SELECT json_object_agg(user_id, coalesce(nullif(named_as, ''), name))
        FROM schools_inductiontutor tutor JOIN accounts_user ON accounts_user.id = user_id
        WHERE tutor.school_id = school.id AND started_on <= %(day)s
            AND (finished_on IS NULL OR finished_on > %(day)s)
    ),
    (
        SELECT count(DISTINCT teacher_id) FROM schools_mentoratschool mentor
        WHERE mentor.school_id = school.id AND (finished_on IS NULL OR finished_on > %(day)s)
    ),
    (SELECT count(*) FROM ect),
    (
        SELECT count(*) FROM ect
        WHERE (finished_on IS NULL OR finished_on > %(day)s)
            AND EXISTS (
                SELECT FROM schools_teacher WHERE schools_teacher.id = ect.teacher_id
                    AND (induction_finished_on IS NULL OR induction_finished_on > %(day)s)
            )
            AND NOT EXISTS (
                SELECT FROM mentors_mentorship pair
                WHERE pair.ect_teacher_id = ect.teacher_id AND pair.school_id = ect.school_id
                    AND pair.started_on <= %(day)s
                    AND (pair.finished_on IS NULL OR pair.finished_on > %(day)s)
            )
    ),
    (
        SELECT json_agg(json_build_array(start_year, programme, appropriate_body, (
            SELECT json_agg(json_build_array(provider.name, partner.name)
                ORDER BY provider.name, partner.name)
            FROM declarations_schoolpartnership partnership
                JOIN declarations_leadprovider provider ON provider.id = lead_provider_id
                JOIN declarations_deliverypartner partner ON partner.id = delivery_partner_id
            WHERE school_year_id = year.id
        )) ORDER BY start_year DESC)
        FROM declarations_schoolyear year JOIN declarations_cohort cohort ON cohort.id = cohort_id
        WHERE year.school_id = school.id
    )
FROM school
