"""Pages as an old platform leaves them: HTML of word processors and of editors
in the page, tables in tables, lists in cells, anchors, things half closed.

All of it is made from a number, so that it is the same everywhere. The text of a
page is a row of words that nothing else has, in the order in which a reader
meets them: that is the plain text which a migration must not lose."""

import random

UNITS = ("szf", "jyj", "rsj", "mzj")
NAMES = {"szf": "示范市人民政府", "jyj": "示范市教育局",
         "rsj": "示范市人社局", "mzj": "示范市民政局"}
STEMS = ("关于", "通知", "办理", "材料", "地点", "时限", "收费", "依据", "电话",
         "科室", "申请", "受理", "公示", "名单", "事项", "要求")


class Writer:
    """One page: its body, its words in order, its anchors."""

    def __init__(self, number, count):
        self.random = random.Random(f"legacy {number}")
        self.number = number
        self.count = count
        self.words = []
        self.anchors = []

    def word(self):
        text = (f"{self.random.choice(STEMS)}{self.number}之"
                f"{len(self.words)}号")
        self.words.append(text)
        return text

    def target(self):
        """A page of the same unit, seldom of another one."""
        other = self.random.randrange(self.count)
        if self.random.random() < 0.8:
            other -= (other - self.number) % len(UNITS)
        return other % self.count


def link_to(writer, number):
    own, other = unit_of(writer.number), unit_of(number)
    folder = "" if own == other else f"../{other}/"
    return f"{folder}p{number}.md"


def unit_of(number):
    return UNITS[number % len(UNITS)]


# --- pieces of a page ---------------------------------------------------------

def font_paragraph(w):
    return ('<P align=center><FONT face="宋体" color=#ff0000 size=4><B>'
            f'{w.word()}</B></FONT><BR>{w.word()}&nbsp;{w.word()}</P>')


def word_paragraph(w):
    return ('<p class="MsoNormal" style="text-indent:21pt;mso-char-indent-count:'
            '2.0"><?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:'
            f'office:office" /><span lang="EN-US" style="font-family:仿宋">'
            f'{w.word()}<o:p></o:p></span><span>{w.word()}</span></p>')


def conditional(w):
    return ('<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->\n'
            f'<p>{w.word()}</p>')


def open_paragraphs(w):
    return f"<p>{w.word()}\n<p>{w.word()}<br>{w.word()}\n<p>{w.word()}"


def open_list(w):
    return f"<ul>\n<li>{w.word()}\n<li>{w.word()}\n<li>{w.word()}\n</ul>"


def table(w):
    rows = "".join(f"<TR><TD width=120 bgColor=#eee>{w.word()}</TD>"
                   f"<TD>{w.word()}<TD noWrap>{w.word()}"
                   for _ in range(w.random.randint(1, 4)))
    return f"<TABLE border=1 cellPadding=0 width='100%'><TBODY>{rows}</TABLE>"


def list_in_cell(w):
    return (f"<table><tr><td>{w.word()}</td><td><ul><li>{w.word()}</li>"
            f"<li>{w.word()}</li></ul></td></tr></table>")


def table_in_table(w):
    return (f"<table><tr><td><table><tr><td>{w.word()}</td></tr></table></td>"
            f"<td>{w.word()}</td></tr></table>")


def markdown_table(w):
    return (f"| {w.word()} | {w.word()} |\n|---|---|\n"
            f"| <ul><li>{w.word()}</li></ul> | {w.word()}<br>{w.word()} |")


def anchor(w):
    name = f"m{len(w.anchors)}"
    w.anchors.append(name)
    return f'<a name="{name}"></a>\n\n<h3>{w.word()}</h3>\n\n<p>{w.word()}</p>'


def jump(w):
    if not w.anchors:
        return anchor(w)
    name = w.random.choice(w.anchors)
    return (f'<p><a href="#{name}">{w.word()}</a></p>\n\n'
            f"[{w.word()}](#{name})")


def links(w):
    first, second = w.target(), w.target()
    return (f'<div>\n<a href="{link_to(w, first)}">{w.word()}</a>\n</div>\n\n'
            f"[{w.word()}]({link_to(w, second)})")


def center(w):
    return f"<center><u>{w.word()}</u></center>\n\n{w.word()}**“{w.word()}”**内"


def marquee(w):
    return (f"<marquee scrollamount=2>{w.word()}</marquee>"
            f"<div class=footer id=top2>{w.word()}</div>")


def wrong_order(w):
    return f"<p><b><i>{w.word()}</b></i>{w.word()}</p>"


def form(w):
    return (f'<form action="/s.jsp"><label>{w.word()}</label>'
            f'<input type=text name=q></form><p onclick="go()">{w.word()}</p>')


def script(w):
    return (f"<script>document.write('x')</script>\n\n<p>{w.word()}</p>\n"
            f"<style>p{{color:red}}</style>\n\n{w.word()}")


def shortcode(w):
    return f"{w.word()}\n\n{{{{< video id=12 >}}}}\n\n{w.word()}"


def ruler(w):
    return "\n\n".join((w.word(), w.random.choice("-=*") * 60, w.word()))


def quotation(w):
    return f"> {w.word()}\n> {w.word()}\n\n<blockquote>{w.word()}</blockquote>"


def markdown_lists(w):
    return f"{w.word()}\n\n1. {w.word()}\n2. {w.word()}\n\n- {w.word()}"


def word_mark_first(w):
    """Before the text, and not closed as Markdown wants it."""
    return ('<?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:'
            f'office" />{w.word()}**{w.word()}**{w.word()}\n\n**{w.word()}**')


def word_list(w):
    return ('<p class=MsoListParagraph style=\'margin-left:18.0pt\'>'
            '<![if !supportLists]><span lang=EN-US>1.<span style=\'font:7.0pt '
            f'"Times New Roman"\'>&nbsp;</span></span><![endif]>{w.word()}</p>\n'
            f'<o:p>{w.word()}</o:p><st1:place w:st="on">{w.word()}</st1:place>')


def hugo(w):
    return (f'{w.word()} {{#anchor-{w.number}}}\n\n{{{{% notice tip %}}}}\n'
            f'{w.word()}\n{{{{% /notice %}}}}\n\n{{{{< figure src="a.png" '
            f'>}}}}\n\n{w.word()}<!--more-->{w.word()}')


def jekyll(w):
    return (f'{{% include note.html %}}\n\n{w.word()}\n{{: .notice--info}}\n\n'
            f'{{% highlight text %}}\n{w.word()}\n{{% endhighlight %}}\n\n'
            f'{w.word()}<br />{w.word()}')


def kramdown(w):
    return (f'{w.word()}\n: {w.word()}\n\n> [!NOTE]\n> {w.word()}\n\n'
            f'{w.word()}\t{w.word()}\n{w.word()}\t{w.word()}')


def capitals(w):
    return (f'<TABLE BORDER=1><TR><TD NOWRAP>{w.word()}<TD>{w.word()}'
            f'<TR><TD COLSPAN=2>{w.word()}</TABLE>\n<HR NOSHADE>\n'
            f'<DL><DT>{w.word()}<DD>{w.word()}</DL>{w.word()}')


def map_and_frames(w):
    return (f'<MAP NAME="m"><AREA SHAPE=rect COORDS="0,0,1,1" HREF="/"></MAP>'
            f'<p>{w.word()}</p>\n<noscript><p>{w.word()}</p></noscript>\n'
            f'<span style="display:none"></span><nobr>{w.word()}</nobr>')


def brackets(w):
    return (f'{w.word()}[{w.word()}] （{w.word()}）*{w.word()}* 3*4米 '
            f'{w.word()}_x_{w.word()} ~~{w.word()}~~ `{w.word()}`')


PIECES = (word_mark_first, word_list, hugo, jekyll, kramdown, capitals,
          map_and_frames, brackets, font_paragraph, word_paragraph, conditional, open_paragraphs,
          open_list, table, list_in_cell, table_in_table, markdown_table,
          anchor, jump, links, center, marquee, wrong_order, form, script,
          shortcode, ruler, quotation, markdown_lists)


# --- pages and sites ----------------------------------------------------------

def page(number, count):
    """Its path, its text, its words."""
    writer = Writer(number, count)
    pieces = [piece(writer) for piece in
              writer.random.choices(PIECES, k=writer.random.randint(3, 9))]
    text = (f"---\ntitle: 第{number}号旧文\ndate: 2015-"
            f"{number % 12 + 1:02}-{number % 28 + 1:02}\nimported: true\n---\n"
            + "\n\n".join(pieces) + "\n")
    return f"content/{unit_of(number)}/p{number}.md", text, writer.words


def site(unit, number):
    kind = "department" if number else "portal"
    return (f"kind: {kind}\nname: {NAMES[unit]}\ndomain: {unit}.example.cn\n"
            f'identity_code: "619900001{number}"\nsponsor: {NAMES[unit]}\n'
            f'phone: "0000-0000000"\nicp: 示ICP备00000001号\n'
            f"police_record: 示公网安备00000001号\n"
            f"description: {NAMES[unit]}网站\ncolumns:\n"
            f"  - {{id: jw, name: 旧文, class: news, description: 旧文, "
            f"keywords: [旧文],\n     owner_unit: 办公室, "
            f"editors: {{a: 甲岗, b: 乙岗}}, select: {{in: {unit}}}}}\n")


def library(count):
    """Files by path, and words by path."""
    files = {"sites/platform.yaml": "name: 示范市平台\nportal: szf\n"}
    words = {}
    for number, unit in enumerate(UNITS):
        files[f"sites/{unit}/site.yaml"] = site(unit, number)
        files[f"content/{unit}/_defaults.yaml"] = (
            f"type: news\nsource: {NAMES[unit]}\n")
    for number in range(count):
        path, text, found = page(number, count)
        files[path] = text
        words[path] = found
    return files, words
