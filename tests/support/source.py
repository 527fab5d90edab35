"""The code of the site as trees, and who calls whom in it, by simple names."""

import ast
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def modules():
    """{dotted name: tree} of each module of ours."""
    root = Path(settings.BASE_DIR)
    return {
        _dotted(path.relative_to(root)): ast.parse(path.read_text())
        for top in ("engagement", "newsletters")
        for path in sorted(root.glob(f"{top}/**/*.py"))
        if "migrations" not in path.parts
    }


@cache
def functions():
    """{(module, name): tree} of each function that stands in a module of ours."""
    return {
        (module, node.name): node
        for module, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def services():
    """As `functions`, the public ones of the services."""
    return {
        key: node
        for key, node in functions().items()
        if ".services." in key[0] and not key[1].startswith("_")
    }


def parameters(function):
    return [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]


def calls(module, node):
    """((module, name), call) of each call in the node whose name can be followed: here,
    imported from elsewhere, or a function of an imported module."""
    known = _imported(module)
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        match call.func:
            case ast.Name(id=name):
                yield known.get(name, (module, name)), call
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                if name in known:
                    yield (".".join(known[name]), attribute), call


@cache
def _imported(module):
    """{name: (module, name there)} of what the module imports from modules."""
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in modules()[module].body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def reaches(key, goals, _seen=None):
    """Whether the function calls one of the goals, itself or through others."""
    seen = _seen if _seen is not None else set()
    seen.add(key)
    node = functions().get(key)
    called = {found for found, _call in calls(key[0], node)} if node else set()
    if called & goals:
        return True
    return any(reaches(one, goals, seen) for one in called if one not in seen)


def _dotted(path):
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
