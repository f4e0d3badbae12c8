SELECT session_data FROM accounts_session WHERE session_key = %(key)s AND expire_date > now()
