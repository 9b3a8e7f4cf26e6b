"""The script writer: styles, the prompt, the answer's check, Fountain, and who writes (an endpoint, or the outline writer)."""
