WITH me AS (
    SELECT person.id AS user_id, password, appointment.school_id
    FROM accounts_user person
        JOIN schools_inductiontutor appointment ON appointment.user_id = person.id
    WHERE person.id = %(user)s AND is_active AND NOT is_staff AND appointment.started_on <= %(day)s
        AND (appointment.finished_on IS NULL OR appointment.finished_on > %(day)s)
), asked AS (
    SELECT school_id, teacher_id, name, urn
    FROM schools_mentoratschool there JOIN schools_school school ON school.id = school_id
    WHERE there.public_id = %(public_id)s AND urn = %(urn)s AND school_id IN (SELECT school_id FROM me)
), mentor AS (
    SELECT there.*, asked.name AS school, asked.urn FROM asked
        JOIN schools_mentoratschool there USING (school_id, teacher_id)
    ORDER BY coalesce(there.finished_on <= %(day)s, false),
        CASE WHEN there.finished_on <= %(day)s THEN date '2000-01-01' - there.started_on
            ELSE there.started_on - date '2000-01-01' END
    LIMIT 1
)
SELECT school, urn, EXISTS (SELECT FROM me WHERE school_id <> mentor.school_id),
    (SELECT password FROM me LIMIT 1),
    teacher.name, teacher.trn, date_of_birth, mentor.email, mentor.public_id, mentor.finished_on,
    mentor.finished_on - 1,
    ARRAY(
        SELECT name FROM schools_mentoratschool other
            JOIN schools_school ON schools_school.id = other.school_id
        WHERE other.teacher_id = mentor.teacher_id AND other.school_id <> mentor.school_id
            AND (other.finished_on IS NULL OR other.finished_on > %(day)s)
        GROUP BY name, searchable_name ORDER BY searchable_name
    ),
    EXISTS (
        SELECT FROM mentors_mentorship pair
        WHERE pair.mentor_id = mentor.id AND pair.started_on <= %(day)s
    ) OR EXISTS (
        SELECT FROM declarations_trainingperiod training
        WHERE training.mentor_id = mentor.id AND partnership_id IS NOT NULL
    ),
    (
        SELECT json_agg(json_build_array(ect.public_id, name, induction_started_on)
            ORDER BY searchable_name, pair.started_on)
        FROM mentors_mentorship pair
            JOIN schools_ectatschool ect ON ect.id = ect_id
            JOIN schools_teacher ON schools_teacher.id = ect.teacher_id
        WHERE mentor_teacher_id = mentor.teacher_id AND pair.school_id = mentor.school_id
            AND pair.started_on <= %(day)s AND (pair.finished_on IS NULL OR pair.finished_on > %(day)s)
    ),
    EXISTS (
        SELECT FROM schools_mentoratschool other
        WHERE other.school_id = mentor.school_id AND other.teacher_id <> mentor.teacher_id
            AND (other.finished_on IS NULL OR other.finished_on > %(day)s)
    ),
    EXISTS (
        SELECT FROM schools_ectatschool ect
        WHERE ect.school_id = mentor.school_id AND ect.teacher_id <> mentor.teacher_id
            AND (ect.finished_on IS NULL OR ect.finished_on > %(day)s)
            AND EXISTS (
                SELECT FROM schools_teacher WHERE schools_teacher.id = ect.teacher_id
                    AND (induction_finished_on IS NULL OR induction_finished_on > %(day)s)
            )
            AND ect.period && mentor.period
            AND NOT EXISTS (
                SELECT FROM mentors_mentorship pair
                WHERE pair.ect_teacher_id = ect.teacher_id AND pair.school_id = ect.school_id
                    AND mentor_teacher_id = mentor.teacher_id AND pair.started_on <= %(day)s
                    AND (pair.finished_on IS NULL OR pair.finished_on > %(day)s)
            )
    ),
    (
        SELECT json_build_array(provider.name, partner.name, provider.email,
            training.finished_on IS NOT NULL AND training.finished_on <= %(day)s)
        FROM declarations_trainingperiod training
            JOIN declarations_schoolpartnership partnership ON partnership.id = partnership_id
            JOIN declarations_leadprovider provider ON provider.id = training.lead_provider_id
            JOIN declarations_deliverypartner partner ON partner.id = delivery_partner_id
        WHERE training.teacher_id = mentor.teacher_id AND training.school_id = mentor.school_id
            AND mentor_id IS NOT NULL
        ORDER BY training.started_on <= %(day)s DESC, training.started_on DESC LIMIT 1
    ),
    (
        SELECT school.name FROM declarations_trainingperiod training
            JOIN schools_school school ON school.id = training.school_id
        WHERE training.teacher_id = mentor.teacher_id AND mentor_id IS NOT NULL
            AND training.started_on <= %(day)s
            AND (training.finished_on IS NULL OR training.finished_on > %(day)s)
        ORDER BY training.started_on DESC LIMIT 1
    ),
    EXISTS (
        SELECT FROM mentors_mentorship pair
        WHERE pair.mentor_teacher_id = mentor.teacher_id AND pair.started_on <= %(day)s
    ),
    (
        SELECT json_build_array(provider.name, partner.name, provider.email)
        FROM declarations_declaration declared
            JOIN declarations_trainingperiod training ON training.id = training_period_id
            JOIN declarations_leadprovider provider ON provider.id = declared.lead_provider_id
            JOIN declarations_deliverypartner partner ON partner.id = delivery_partner_id
        WHERE declared.teacher_id = mentor.teacher_id AND declaration_type = 'completed'
            AND state IN ('submitted', 'eligible', 'payable', 'paid') AND mentor_id IS NOT NULL
            AND (declaration_date AT TIME ZONE 'Europe/London')::date <= %(day)s
        ORDER BY declaration_date DESC LIMIT 1
    ),
    (
        SELECT CASE WHEN by LIKE 'token %%' THEN provider.name ELSE 'DfE' END
        FROM declarations_declarationstatechange change
            JOIN declarations_declaration declared ON declared.id = declaration_id
            JOIN declarations_leadprovider provider ON provider.id = lead_provider_id
        WHERE declared.teacher_id = mentor.teacher_id AND declaration_type = 'completed'
            AND course_identifier = 'ecf-mentor' AND to_state IN ('voided', 'awaiting_clawback')
            AND (changed_at AT TIME ZONE 'Europe/London')::date <= %(day)s
            AND (changed_at AT TIME ZONE 'Europe/London')::date + 90 > %(day)s
        ORDER BY changed_at DESC LIMIT 1
    ),
    EXISTS (
        SELECT FROM declarations_recordedcompletion recorded
        WHERE recorded.teacher_id = mentor.teacher_id AND kind = 'early_roll_out'
    ),
    (
        SELECT bool_or(programme = 'school_led') AND NOT bool_or(programme = 'provider_led')
        FROM declarations_schoolyear year WHERE year.school_id = mentor.school_id
    ),
    (SELECT policy FROM mentors_statuspolicy WHERE in_force_from <= %(day)s LIMIT 1)
FROM mentor JOIN schools_teacher teacher ON teacher.id = mentor.teacher_id
