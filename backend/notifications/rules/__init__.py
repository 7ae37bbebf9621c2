"""What texts mean that concern no programme: absences, stopping and starting, a stranger's cry for help."""
