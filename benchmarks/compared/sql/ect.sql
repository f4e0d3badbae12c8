WITH me AS (
    SELECT person.id AS user_id, password, appointment.school_id
    FROM accounts_user person
        JOIN schools_inductiontutor appointment ON appointment.user_id = person.id
    WHERE person.id = %(user)s AND is_active AND NOT is_staff AND appointment.started_on <= %(day)s
        AND (appointment.finished_on IS NULL OR appointment.finished_on > %(day)s)
), asked AS (
    SELECT school_id, teacher_id, name, urn
    FROM schools_ectatschool there JOIN schools_school school ON school.id = school_id
    WHERE there.public_id = %(public_id)s AND urn = %(urn)s AND school_id IN (SELECT school_id FROM me)
), ect AS (
    SELECT there.*, asked.name AS school, asked.urn FROM asked
        JOIN schools_ectatschool there USING (school_id, teacher_id)
    ORDER BY coalesce(there.finished_on <= %(day)s, false),
        CASE WHEN there.finished_on <= %(day)s THEN date '2000-01-01' - there.started_on
            ELSE there.started_on - date '2000-01-01' END
    LIMIT 1
)
SELECT school, urn, EXISTS (SELECT FROM me WHERE school_id <> ect.school_id),
    (SELECT password FROM me LIMIT 1),
    teacher.name, teacher.trn, date_of_birth, ect.email, ect.public_id, ect.finished_on,
    ect.finished_on - 1, teacher.induction_started_on, teacher.induction_finished_on - 1,
    EXISTS (
        SELECT FROM mentors_mentorship pair WHERE pair.ect_id = ect.id AND pair.started_on <= %(day)s
    ) OR EXISTS (
        SELECT FROM declarations_declaration JOIN declarations_trainingperiod training
            ON training.id = training_period_id
        WHERE training.ect_id = ect.id
    ) OR ect.started_on <= %(day)s AND EXISTS (
        SELECT FROM declarations_trainingperiod training
        WHERE training.ect_id = ect.id AND partnership_id IS NOT NULL
    ),
    (
        SELECT json_build_array(mentor.public_id, name) FROM mentors_mentorship pair
            JOIN schools_mentoratschool mentor ON mentor.id = mentor_id
            JOIN schools_teacher ON schools_teacher.id = mentor_teacher_id
        WHERE ect_teacher_id = ect.teacher_id AND pair.school_id = ect.school_id
            AND pair.started_on <= %(day)s AND (pair.finished_on IS NULL OR pair.finished_on > %(day)s)
        LIMIT 1
    ),
    EXISTS (
        SELECT FROM schools_mentoratschool other
        WHERE other.school_id = ect.school_id AND other.teacher_id <> ect.teacher_id
            AND (other.finished_on IS NULL OR other.finished_on > %(day)s)
            AND other.period && ect.period
            AND NOT EXISTS (
                SELECT FROM mentors_mentorship pair
                WHERE pair.ect_teacher_id = ect.teacher_id AND pair.school_id = ect.school_id
                    AND mentor_teacher_id = other.teacher_id AND pair.started_on <= %(day)s
                    AND (pair.finished_on IS NULL OR pair.finished_on > %(day)s)
            )
    ),
    EXISTS (
        SELECT FROM declarations_trainingperiod training
        WHERE training.teacher_id = ect.teacher_id AND training.school_id = ect.school_id
            AND ect_id IS NOT NULL AND training.started_on <= %(day)s
            AND (training.finished_on IS NULL OR training.finished_on > %(day)s)
    ),
    (
        SELECT json_build_array(provider.name, partner.name, provider.email)
        FROM declarations_trainingperiod training
            JOIN declarations_schoolpartnership partnership ON partnership.id = partnership_id
            JOIN declarations_leadprovider provider ON provider.id = training.lead_provider_id
            JOIN declarations_deliverypartner partner ON partner.id = delivery_partner_id
        WHERE training.teacher_id = ect.teacher_id AND training.school_id = ect.school_id
            AND ect_id IS NOT NULL
        ORDER BY training.started_on <= %(day)s DESC, training.started_on DESC LIMIT 1
    ),
    (
        SELECT bool_or(programme = 'school_led') AND NOT bool_or(programme = 'provider_led')
        FROM declarations_schoolyear year WHERE year.school_id = ect.school_id
    )
FROM ect JOIN schools_teacher teacher ON teacher.id = ect.teacher_id
