"""Builds mails from templates, in the recipient's language: a module for each kind of mail."""
