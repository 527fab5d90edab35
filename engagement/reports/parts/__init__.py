"""What a report is put together from. Every function works in the active language and
gives what may be told: counts of people are protected here, and nowhere later."""
