"""What lead providers read of the records, set by set: one page of a list takes a few queries."""
