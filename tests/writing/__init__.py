"""The script writer: styles, answers, endpoints on loopback, drafts, the episode command."""
