"""What every floor stands on: days, refusals, history, forms, emails, CSV files."""
