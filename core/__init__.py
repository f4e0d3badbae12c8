"""What every app uses: days, periods, refusals, history, audit log, forms, emails, CSV files."""
