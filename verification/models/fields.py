"""Fields and constraints that several models share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import URLValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from verification import wordindex
from verification.domain import names, words

if TYPE_CHECKING:
    CharField = models.CharField[Any, Any]
    Lookup = models.Lookup[bool]
    TextField = models.TextField[Any, Any]
    URLField = models.URLField[Any, Any]
else:
    CharField = models.CharField
    Lookup = models.Lookup
    TextField = models.TextField
    URLField = models.URLField

HTTP_ONLY = _("Enter an address that begins with http:// or https://.")


class HttpUrlField(URLField):
    """An http(s) address.

    Other schemes (javascript:, data:, ftp:) are refused, because every address that is kept is
    printed as a link somewhere.
    """

    default_validators = [URLValidator(schemes=["http", "https"], message=HTTP_ONLY)]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 1000)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str | None:
        """The address with its scheme in small letters, as the database's own check wants it."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return None
        scheme, colon, rest = text.strip().partition(":")
        return f"{scheme.lower()}{colon}{rest}"

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Normalises first, so that what is validated is what is kept."""
        return super().clean(self.to_python(value), model_instance)


class WordsField(TextField):
    """The words of other text fields of its row (`of`), as a search takes them.

    Text between spaces on SQLite, which PostgreSQL reads as the lexemes of a `tsvector`.
    Written by itself with every `save` and `bulk_create`; whoever updates those fields in another
    way writes `words.column` of them here too.
    """

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        kwargs |= {"blank": True, "editable": False, "default": "", "db_default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        for always in ("blank", "editable", "default", "db_default"):
            kwargs.pop(always, None)
        return str(name), path, list(args), {**kwargs, "of": self.of}

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """The column's type."""
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The words of the row as it is about to be kept."""
        kept = words.column(*(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, kept)
        return kept


class FoldedField(CharField):
    """The name in another field of its row (`of`), folded as names are compared.

    Without its leading article where it is `bare`. Written by itself with every `save` and
    `bulk_create`; whoever saves only some fields names this one with the name.
    """

    def __init__(self, *args: Any, of: str = "", bare: bool = False, **kwargs: Any) -> None:
        self.of = of
        self.bare = bare
        kwargs |= {"editable": False, "max_length": names.LONGEST}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        for always in ("editable", "max_length"):
            kwargs.pop(always, None)
        return str(name), path, list(args), {**kwargs, "of": self.of, "bare": self.bare}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The folded name of the row as it is about to be kept."""
        fold = names.bare if self.bare else names.folded
        kept = fold(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, kept)
        return kept


@WordsField.register_lookup
class Answers(Lookup):
    """`words__answers=question`: the words answer a `domain.words.Question`."""

    lookup_name = "answers"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """By looking at the words of the row: what a walk along a list asks of each."""
        column, params = self.process_lhs(compiler, connection)
        pieces = self.rhs.pieces
        # The column stands in the SQL once for each piece, and it has no parameter of its own.
        held = " AND ".join([f"instr({column}, %s) > 0"] * len(pieces))
        return f"({held})", (*params, *pieces)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """By the index or by looking at the words, as the planner finds the word rare or not."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", (*params, wordindex.match(self.rhs, connection.vendor))


def http_url_check(model: str, field: str, *, blank: bool) -> models.CheckConstraint:
    """The database's own refusal of any address that is not http(s)."""
    allowed = Q(**{f"{field}__startswith": "http://"}) | Q(**{f"{field}__startswith": "https://"})
    if blank:
        allowed |= Q(**{field: ""})
    return models.CheckConstraint(
        condition=allowed, name=f"{model}_{field}_http_only", violation_error_message=HTTP_ONLY
    )


def one_of(
    model: str, field: str, values: list[str], *, blank: bool = False
) -> models.CheckConstraint:
    """The database's own refusal of a value outside the field's choices."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*values, ""] if blank else values}),
        name=f"{model}_{field}_known",
    )
