"""What a template writes: escaped, dense, and with the token of the page's forms."""

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from app.rendering import forms_token, shown, templates


@pytest.mark.parametrize(
    "value", ["plain", "<b>", "a & b", '"quoted"', "it's", "", "ß🙂", 7, -1, 1.5, None, True, Markup("<i>")]
)
def test_values_come_out_as_the_library_escapes_them(value: object) -> None:
    assert shown(value) == escape(value)


def test_expressions_are_escaped_and_markup_is_not() -> None:
    drawn = templates.from_string("{{ a }}|{{ b }}|{{ a ~ b }}").render(a="<x>", b=Markup("<y>"))
    assert drawn == "&lt;x&gt;|<y>|&lt;x&gt;<y>"


def test_what_a_macro_draws_is_escaped_once() -> None:
    source = "{% macro m(x) %}<p>{{ x }}</p>{% endmacro %}{% set s %}{{ m(a) }}{% endset %}{{ s }}"
    assert templates.from_string(source).render(a="<x>") == "<p>&lt;x&gt;</p>"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        templates.from_string("{{ nobody }}").render()


def test_forms_carry_the_token_of_the_page() -> None:
    forms_token.set("of this visit")
    drawn = templates.from_string(
        '{% from "partials/ui/form.html" import form %}{% call form("/x") %}{% endcall %}'
    ).render()
    assert 'name="csrf" value="of this visit"' in drawn
