"""One file a channel: verify, parse to Inquiry, render Reply. No matching logic here."""
