"""The types of what a template names, found by walking its syntax tree.

`TemplateReader` follows `view` and the other variables of a template through its loops, macros,
blocks and includes. It notes every field that is read, and every name that no type has.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes
from markupsafe import Markup
from pydantic import BaseModel

UNKNOWN = object()
"""The type of what cannot be known; a test accepts none."""

FILTERS: Mapping[str, Any] = {
    "e": Markup,
    "join": str,
    "length": int,
    "plain": str,
    "phrases": Markup,
    "prose": Markup,
    "safe": Markup,
    "string": str,
    "urlencode": str,
}
"""Filter → the type of what it gives."""

Scope = Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Rows:
    """A list written in a template, of tuples with these types in their places."""

    places: tuple[Any, ...]


@dataclasses.dataclass(frozen=True)
class Imported:
    """A template under the name of an import."""

    tree: nodes.Template


@dataclasses.dataclass(frozen=True)
class Called:
    """A macro, with the scope in which it stands."""

    macro: nodes.Macro
    scope: Scope


def fields_of(cls: type) -> frozenset[str]:
    """Return the names of the fields of a dataclass, a named tuple or a model."""
    if dataclasses.is_dataclass(cls):
        return frozenset(field.name for field in dataclasses.fields(cls))
    if issubclass(cls, BaseModel):
        return frozenset(cls.model_fields)
    named: tuple[str, ...] = getattr(cls, "_fields", ())
    return frozenset(named)


def members(kind: Any) -> tuple[Any, ...]:
    """Return the alternatives of a type, without None."""
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(arg for arg in get_args(kind) if arg is not types.NoneType)
    return (kind,)


def joined(kinds: Iterable[Any]) -> Any:
    """Return one type for several."""
    found = list(dict.fromkeys(kinds))
    if UNKNOWN in found or not found:
        return UNKNOWN
    return found[0] if len(found) == 1 else Union[tuple(found)]  # noqa: UP007


def attribute(kind: Any, name: str) -> Any:
    """Return the type of an attribute; raise `AttributeError` where the type has none."""
    cls = get_origin(kind) or kind
    if not isinstance(cls, type):
        raise AttributeError(f"{kind} has no {name}")
    hints = get_type_hints(cls)
    if name in fields_of(cls):
        parameters = getattr(cls, "__parameters__", ())
        known = dict(zip(parameters, get_args(kind), strict=False))
        return _filled(hints[name], known)
    found = inspect.getattr_static(cls, name)
    if isinstance(found, property):
        return get_type_hints(found.fget)["return"]
    return _method(kind, cls, name)


def _filled(hint: Any, known: Mapping[Any, Any]) -> Any:
    """Return a hint with its type variables replaced."""
    if isinstance(hint, TypeVar):
        return known[hint]
    parameters = getattr(hint, "__parameters__", ())
    return hint[tuple(known[parameter] for parameter in parameters)] if parameters else hint


def _method(kind: Any, cls: type, name: str) -> Callable[[], Any]:
    arguments = get_args(kind)
    if issubclass(cls, Mapping) and name == "items":
        return lambda: tuple[tuple[arguments], ...]  # type: ignore[valid-type]
    if issubclass(cls, Mapping) and name == "get":
        return lambda: arguments[1]
    raise AttributeError(f"{kind} has no method {name} that templates call")


def element(kind: Any) -> Any:
    """Return the type of what a loop over a value gives."""
    if isinstance(kind, Rows):
        return tuple[kind.places]
    found = []
    for member in members(kind):
        origin, arguments = get_origin(member), get_args(member)
        if (origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis) or (
            origin is not tuple and isinstance(origin, type) and issubclass(origin, Iterable)
        ):
            found.append(arguments[0])
        else:
            found.append(UNKNOWN)
    return joined(found)


def _named(node: nodes.Node) -> str:
    """Return the name of a template that another names."""
    assert isinstance(node, nodes.Const)
    return str(node.value)


class TemplateReader:
    """Reads templates, and keeps what they read of which type, and what is wrong with them."""

    def __init__(self, environment: Environment) -> None:
        self.used: dict[type, set[str]] = {}
        """Class → the fields that templates read."""
        self.wrong: list[str] = []
        self.read_templates: set[str] = set()
        """Names of all templates that were read, the included and the imported ones too."""
        self._environment = environment
        self._seen: set[tuple[int, tuple[Any, ...]]] = set()
        self._trees: dict[str, nodes.Template] = {}
        self._name = ""
        self._replaced: frozenset[str] = frozenset()

    def read(self, name: str, scope: Scope) -> None:
        """Read a template whose variables have these types."""
        self._name = name
        self._template(name, scope)

    def _tree(self, name: str) -> nodes.Template:
        self.read_templates.add(name)
        if name not in self._trees:
            loader = self._environment.loader
            assert loader is not None
            source, _, _ = loader.get_source(self._environment, name)
            self._trees[name] = self._environment.parse(source, name)
        return self._trees[name]

    def _template(self, name: str, scope: Scope, replaced: frozenset[str] = frozenset()) -> None:
        """Read a template but for the blocks that another, which extends it, has replaced."""
        tree, own = self._tree(name), dict(scope)
        blocks = {block.name: block for block in tree.find_all(nodes.Block)}
        parent = next(tree.find_all(nodes.Extends), None)
        if parent is None:
            self._replaced = replaced
            self._body(tree.body, own)
            return
        kept = (nodes.Extends, nodes.Output, nodes.Block)
        self._body([node for node in tree.body if not isinstance(node, kept)], own)
        for block in blocks.values():
            if block.name not in replaced:
                self._body(block.body, own)
        self._template(_named(parent.template), scope, replaced | frozenset(blocks))

    # --- statements -----------------------------------------------------------------------------

    def _body(self, body: Iterable[nodes.Node], scope: dict[str, Any]) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        match node:
            case nodes.Output():
                for inner in node.nodes:
                    self._shown(self._type(inner, scope))
            case nodes.TemplateData():
                pass
            case nodes.If():
                self._type(node.test, scope)
                for branch in (node.body, *(e.body for e in node.elif_), node.else_):
                    self._body(branch, scope)
                for other in node.elif_:
                    self._type(other.test, scope)
            case nodes.For():
                inside = {**scope, "loop": UNKNOWN}
                self._assign(node.target, element(self._type(node.iter, scope)), inside)
                if node.test:
                    self._type(node.test, inside)
                self._body(node.body, inside)
                self._body(node.else_, scope)
            case nodes.Assign():
                self._assign(node.target, self._type(node.node, scope), scope)
            case nodes.Macro():
                scope[node.name] = Called(node, scope)
            case nodes.Import():
                scope[node.target] = Imported(self._tree(_named(node.template)))
            case nodes.Include():
                self._body(self._tree(_named(node.template)).body, dict(scope))
            case nodes.Block():
                if node.name not in self._replaced:
                    self._body(node.body, dict(scope))
            case _:
                raise TypeError(f"{self._name}: no rule for {node!r}")

    def _assign(self, target: nodes.Node, kind: Any, scope: dict[str, Any]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = kind
            return
        assert isinstance(target, nodes.Tuple)
        places = get_args(kind)
        if get_origin(kind) is not tuple or len(places) != len(target.items):
            self._fault(target, f"{kind} cannot be taken apart into {len(target.items)}")
            places = (UNKNOWN,) * len(target.items)
        for inner, place in zip(target.items, places, strict=True):
            self._assign(inner, place, scope)

    # --- expressions ----------------------------------------------------------------------------

    def _type(self, node: nodes.Node, scope: Scope) -> Any:
        match node:
            case nodes.TemplateData() | nodes.Concat():
                for inner in node.iter_child_nodes():
                    self._type(inner, scope)
                return str
            case nodes.Const():
                return type(node.value)
            case nodes.Name():
                if node.name not in scope:
                    self._fault(node, f"unknown name {node.name}")
                return scope.get(node.name, UNKNOWN)
            case nodes.Getattr():
                return self._attribute(node, self._type(node.node, scope))
            case nodes.Getitem():
                whole = self._type(node.node, scope)
                return whole if isinstance(node.arg, nodes.Slice) else element(whole)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Filter():
                for inner in node.iter_child_nodes():
                    self._type(inner, scope)
                return FILTERS[node.name]
            case nodes.Tuple():
                return tuple[tuple(self._type(item, scope) for item in node.items)]  # type: ignore[misc]
            case nodes.List():
                rows = [get_args(self._type(item, scope)) for item in node.items]
                return Rows(tuple(joined(place) for place in zip(*rows, strict=True)))
            case nodes.CondExpr():
                self._type(node.test, scope)
                branches = (node.expr1, node.expr2)
                return joined(self._type(branch, scope) for branch in branches if branch)
            case nodes.Or() | nodes.And():
                return joined((self._type(node.left, scope), self._type(node.right, scope)))
            case nodes.Not() | nodes.Compare() | nodes.Test():
                for inner in node.iter_child_nodes():
                    self._type(inner, scope)
                return bool
            case nodes.Operand():
                return self._type(node.expr, scope)
            case nodes.BinExpr():
                self._type(node.right, scope)
                return self._type(node.left, scope)
            case _:
                raise TypeError(f"{self._name}: no rule for {node!r}")

    def _attribute(self, node: nodes.Getattr, kind: Any) -> Any:
        if isinstance(kind, Imported):
            scope: dict[str, Any] = {}
            self._body(kind.tree.body, scope)
            return scope[node.attr]
        if kind is UNKNOWN:
            if not (isinstance(node.node, nodes.Name) and node.node.name == "loop"):
                self._fault(node, f"the type of what has .{node.attr} is not known")
            return bool
        found = []
        for member in members(kind):
            cls = get_origin(member) or member
            try:
                found.append(attribute(member, node.attr))
            except AttributeError:
                self._fault(node, f"{cls} has no {node.attr}")
                continue
            self._note(cls, node.attr)
        return found[0] if len(found) == 1 and callable(found[0]) else joined(found)

    def _call(self, node: nodes.Call, scope: Scope) -> Any:
        called = self._type(node.node, scope)
        given = [self._type(argument, scope) for argument in node.args]
        named = {pair.key: self._type(pair.value, scope) for pair in node.kwargs}
        if not isinstance(called, Called):
            return called() if callable(called) else UNKNOWN
        macro = called.macro
        names = [argument.name for argument in macro.args]
        bound = dict(zip(names, given, strict=False)) | named
        for name, default in zip(reversed(names), reversed(macro.defaults), strict=False):
            bound.setdefault(name, self._type(default, called.scope))
        if missing := set(names) - set(bound):
            self._fault(node, f"{macro.name} is not given {sorted(missing)}")
        key = (id(macro), tuple(map(repr, bound.values())))
        if key not in self._seen:
            self._seen.add(key)
            self._body(macro.body, {**called.scope, **bound})
        return Markup

    def _shown(self, kind: Any) -> None:
        """Note that a value is written out as a whole: its own HTML reads its fields."""
        for member in members(kind):
            cls = get_origin(member) or member
            if isinstance(cls, type) and fields_of(cls):
                written = inspect.getattr_static(cls, "__html__", cls.__str__)
                if not isinstance(written, types.FunctionType):
                    self.wrong.append(f"{self._name}: {cls} is shown as a whole")
                    continue
                for name in fields_of(cls) & {*written.__code__.co_names}:
                    self._note(cls, name)

    def _note(self, cls: type, name: str) -> None:
        for base in cls.__mro__:
            if name in fields_of(base):
                self.used.setdefault(base, set()).add(name)

    def _fault(self, node: nodes.Node, text: str) -> None:
        self.wrong.append(f"{self._name}:{node.lineno}: {text}")


def read_of(tree: nodes.Template, name: str, kind: type) -> tuple[dict[type, set[str]], list[str]]:
    """Return what a template reads of one variable, and what its type does not have.

    For templates whose other variables are another program's.
    """
    used: dict[type, set[str]] = {}
    wrong: list[str] = []
    known: dict[str, type] = {name: kind}

    def type_of(node: nodes.Node) -> Any:
        if isinstance(node, nodes.Name):
            return known.get(node.name)
        if not isinstance(node, nodes.Getattr) or (cls := type_of(node.node)) is None:
            return None
        if node.attr not in fields_of(cls):
            wrong.append(f"line {node.lineno}: {cls} has no {node.attr}")
            return None
        used.setdefault(cls, set()).add(node.attr)
        found = attribute(cls, node.attr)
        return found if isinstance(found, type) and fields_of(found) else None

    for node in tree.find_all((nodes.Assign, nodes.Getattr)):
        if not isinstance(node, nodes.Assign):
            type_of(node)
        elif isinstance(node.target, nodes.Name) and (found := type_of(node.node)):
            known[node.target.name] = found
    return used, wrong
