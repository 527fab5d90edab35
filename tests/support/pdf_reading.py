"""What a PDF says of itself to a screen reader."""


def elements(reader):
    """(tag, element) of the structure tree, in the order of reading."""

    def walk(node):
        node = node.get_object()
        if not isinstance(node, dict) or "/S" not in node:
            return
        yield node["/S"], node
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from walk(kid)

    for root in reader.trailer["/Root"]["/StructTreeRoot"]["/K"]:
        yield from walk(root)


def outline(entries):
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry)
        else:
            yield entry.title
