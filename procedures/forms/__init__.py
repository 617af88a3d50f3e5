"""What people type: one module of forms per subject, and the fields they share."""
