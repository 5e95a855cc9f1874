"""Texts that try to be something else where they land.

What runs calls `ran(...)`, which a test's browser listens to; what only gets into the markup brings
an element or attribute called `data-hostile`. `%s` is a number, so that each can be told apart.
"""

from __future__ import annotations

#: Script in the text itself.
SCRIPT = (
    "<script>ran(%s)</script>",
    "<ScRiPt src=data:,ran(%s)></sCrIpT>",
    "</script><script>ran(%s)</script>",
    "</title><script>ran(%s)</script>",
    "</textarea><script>ran(%s)</script>",
    "<!--><script>ran(%s)</script>-->",
    "]]><script>ran(%s)</script>",
    "<svg><script>ran(%s)</script></svg>",
    "<svg onload=ran(%s)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=ran(%s)>",
)
#: Elements that run something by themselves.
ELEMENT = (
    "<img src=x onerror=ran(%s)>",
    "<iframe srcdoc='<script>parent.ran(%s)</script>'></iframe>",
    "<body onload=ran(%s)>",
    "<details open ontoggle=ran(%s)>",
    "<video><source onerror=ran(%s)></video>",
    "<input autofocus onfocus=ran(%s)>",
    "<object data='data:text/html,<script>ran(%s)</script>'></object>",
    "<meta http-equiv=refresh content='0;url=javascript:ran(%s)'>",
    "<base href='https://evil.invalid/%s/' data-hostile>",
    "<link rel=stylesheet href='https://evil.invalid/%s.css' data-hostile>",
)
#: Out of an attribute.
ATTRIBUTE = (
    '" onmouseover="ran(%s)" data-hostile="',
    "' onfocus='ran(%s)' autofocus data-hostile='",
    '"><b data-hostile>%s</b>',
    "'><b data-hostile>%s</b>",
    '" style="position:fixed;inset:0" data-hostile="%s',
    "`onclick=ran(%s)`",
)
#: Addresses that are none.
LINK = (
    "javascript:ran(%s)",
    "JaVaScRiPt&colon;ran(%s)",
    "data:text/html,<script>ran(%s)</script>",
    "[click](javascript:ran(%s))",
)
#: The syntax of a template, of formatting, of JSON.
SYNTAX = (
    "{{ 7|add:%s }}{%% load static %%}",
    "{%% csrf_token %%}${7*%s}#{7*7}",
    "%%s %%(name)s {0} {name} %s",
    '\\u003cscript\\u003eran(%s)\\u003c/script\\u003e","x":"',
    "\u2028\u2029ran(%s)//",
    "&lt;script&gt;ran(%s)&lt;/script&gt; &amp;amp; &#x3c;b data-hostile&#x3e;",
)
#: What a spreadsheet would reckon.
FORMULA = (
    '=HYPERLINK("https://evil.invalid/%s","click")',
    "+%s+cmd|' /C calc'!A0",
    "-2+%s+cmd|' /C calc'!A0",
    "@SUM(1+%s)*cmd|' /C calc'!A0",
)
#: What turns the reading of the line.
TURN = (
    "\u202egnp.exe %s",
    "\u2066\u202etxt.%s\u2069",
)

PAYLOADS = tuple(
    payload % number
    for number, payload in enumerate(
        (*SCRIPT, *ELEMENT, *ATTRIBUTE, *LINK, *SYNTAX, *FORMULA, *TURN)
    )
)
