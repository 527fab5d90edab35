PUBLIC_STATES = ["sending", "paused", "finished", "archived"]
# What somebody is busy with.
AT_WORK = ["draft", "scheduled", "sending", "paused"]
