"""How long ago something was, for doors that ask here."""

from renders.readings.agos import ago

__all__ = ["ago"]
