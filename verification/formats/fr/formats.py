"""French dates with their hour: 25 novembre 2026 à 20:31. The rest is Django’s own."""

DATETIME_FORMAT = "j F Y à H:i"
