# SPDX-License-Identifier: GPL-3.0-or-later
"""The previz stage: a program of its own (GPL, because it imports bpy). JSON in, files out; nothing of Apex imports it."""
