"""The previz stage as Apex sees it: where it is installed, the one warm program, and a shot's words as its brief.

The program itself (`renders/stage_worker`, GPL) is started in an environment of its own and never imported.
"""
