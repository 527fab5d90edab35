"""What a mail server may do wrong, and how often. Everything here is legal for a server,
or has been seen of one."""

# Each stage of a conversation: how often something goes wrong there in ordinary weather,
# and what. "taken" is a message that the server keeps although no reply says so.
STAGES = {
    "greeting": (0.06, ("554", "421", "drop", "garbage", "slow")),
    "tls": (0.2, ("broken", "drop")),
    "MAIL": (0.003, ("drop", "421", "4.7.1", "garbage", "slow", "fragments")),
    "RCPT": (0.006, ("drop", "421", "452", "4.7.1", "garbage", "slow", "550")),
    "DATA": (0.003, ("drop", "421", "451", "garbage", "slow")),
    "content": (0.001, ("drop",)),
    "dot": (
        0.01,
        (
            *("drop, taken", "drop, not taken", "garbage, taken", "garbage, not taken"),
            *("421, not taken", "451", "554", "slow", "too slow", "half, taken"),
            *("half, not taken", "fragments"),
        ),
    ),
}
# Which times as many faults a run has.
WEATHERS = {"calm": 0, "fair": 0.3, "ordinary": 1, "storm": 3}


def maker(dice, weather):
    """A function: the name of a stage -> what goes wrong there now, or None."""
    times = WEATHERS[weather]

    def fault(stage):
        rate, kinds = STAGES[stage]
        return dice.choice(kinds) if dice.random() < rate * times else None

    return fault
