"""Who looked at which teacher: users by pages, and lead providers' tokens by the API."""
