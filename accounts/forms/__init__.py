"""What every floor's forms are made of: GOV.UK's date question, hinted choices, question sizes."""
