"""Days in GOV.UK style, as every other page of the service has them."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
