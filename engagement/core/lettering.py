"""Words that have to fit."""


def wrapped(text: object, width: int) -> list[str]:
    """In one line or two of about so many letters; what is longer still ends in dots."""
    words, lines = str(text).split(), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) <= 2:
        return lines
    return [lines[0], f"{lines[1][: width - 1]}…"]
