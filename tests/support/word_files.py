"""Word files as Word and WPS write them: numbers in numbering.xml, styles with
Chinese names, links, footnotes, drawings with a second form, merged cells.
`make(path)` writes one; MARKDOWN is what must come of its body."""

import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PNG = bytes([137]) + b"PNG\r\n\x1a\n0000IHDR"

LEVELS = (("0", "chineseCounting", "%1、", "1"), ("1", "chineseCounting", "（%2）", "1"),
          ("2", "decimal", "%3.", "1"))
STYLES = """<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>
<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="a3"><w:name w:val="标题 2"/></w:style>
<w:style w:styleId="7"><w:name w:val="Body Text 7"/></w:style>"""
RELATIONS = """<R Id="r1" Target="media/image1.png"/><R Id="r3" Target="javascript:alert(1)"/>
<R Id="r2" TargetMode="External" Target="https://www.example.com/?a=1&amp;b=(2)|3"/>"""
NOTES = """<w:footnote w:id="1"><w:p><w:r><w:t>见 [附件] 一</w:t></w:r></w:p></w:footnote>"""


def level(row):
    number, form, text, start = row
    return (f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>')


def numbering():
    bullets = "".join(level((str(n), "bullet", "•", "1")) for n in range(3))
    counted = level(("0", "decimal", "%1)", "3"))
    return (f'<w:abstractNum w:abstractNumId="0">{"".join(map(level, LEVELS))}</w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="1">{bullets}</w:abstractNum>'
            f'<w:abstractNum w:abstractNumId="2">{counted}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
            '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
            '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
            '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="12"/></w:lvlOverride></w:num>')


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside, number=None, style=None):
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += (f'<w:numPr><w:ilvl w:val="{number[1]}"/>'
                       f'<w:numId w:val="{number[0]}"/></w:numPr>')
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def cell(inside, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


DRAWING = ('<w:r><w:drawing><wp:docPr xmlns:wp="p" descr="办理|流程图"/>'
           '<a:blip xmlns:a="a" r:embed="r1"/></w:drawing></w:r>')
TWICE = ('<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice>'
         '<w:drawing><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></w:drawing>'
         '</mc:Choice><mc:Fallback><w:pict><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:pict>'
         "</mc:Fallback></mc:AlternateContent></w:r>")
FIELD = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK '
         '"https://www.example.com/a b" </w:instrText></w:r><w:r><w:fldChar '
         'w:fldCharType="separate"/></w:r>' + run("域中链接") +
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def body():
    return "".join((
        paragraph(run("关于办理的说明")),
        paragraph(run("总则"), style="1"),
        paragraph(run("适用范围"), style="a3"),
        paragraph(run("不是标题"), style="7"),
        paragraph(run("申请"), number=("1", "1")),
        paragraph(run("受理"), number=("1", "1")),
        paragraph(run("材料一"), number=("1", "2")),
        paragraph(run("材料二"), number=("1", "2")),
        paragraph(run("附则"), style="1"),
        paragraph(run("第十二"), number=("4", "0")),
        paragraph(run("甲"), number=("2", "0")),
        paragraph(run("甲之一"), number=("2", "1")),
        paragraph(run("乙"), number=("2", "0")),
        paragraph(run("三"), number=("3", "0")),
        paragraph(run("间隔")),
        paragraph(run("四"), number=("3", "0")),
        paragraph(run("见") + '<w:hyperlink r:id="r2">' + run("申请", "<w:b/>") +
                  run("表") + "</w:hyperlink>" + run("和") +
                  f'<w:hyperlink r:id="r3">{run("脚本")}</w:hyperlink>' +
                  run("、") + FIELD),
        paragraph(run("粗", "<w:b/>") + run("不粗", '<w:b w:val="0"/>') +
                  run("斜", "<w:i/>") + run("藏", "<w:vanish/>") +
                  f'<w:del>{run("删")}</w:del><w:ins>{run("增")}</w:ins>' +
                  '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        paragraph(TWICE + DRAWING),
        "<w:sdt><w:sdtContent><w:tbl><w:tblPr/><w:tr>" + cell(paragraph(run("名称"))) +
        cell(paragraph(run("下载"))) + cell(paragraph(run("备注"))) + "</w:tr><w:tr>" +
        cell(paragraph(run("甲")) + paragraph(run("乙|丙"))) +
        cell(paragraph(f'<w:hyperlink r:id="r2">{run("表")}</w:hyperlink>' + DRAWING),
             '<w:gridSpan w:val="2"/>') + "</w:tr></w:tbl></w:sdtContent></w:sdt>"))


MARKDOWN = """\
关于办理的说明

## 一、总则

### 适用范围

不是标题

（一）申请

（二）受理

1. 材料一
2. 材料二

## 二、附则

十二、第十二

- 甲

  - 甲之一
- 乙

3) 三

间隔

4) 四

见[**申请**表](<https://www.example.com/?a=1\\&b=(2)%7C3>)和脚本、[域中链接](<https://www.example.com/a%20b>)

**粗**不粗*斜*增[^1]

框中![办理\\|流程图](<../_files/imported/b/image1.png>)

| 名称 | 下载 | 备注 |
| --- | --- | --- |
| 甲 乙\\|丙 | [表](<https://www.example.com/?a=1\\&b=(2)%7C3>)![办理\\|流程图](<../_files/imported/b/image1.png>) |  |

[^1]: 见 \\[附件\\] 一
"""


def root(name, text):
    return f'<w:{name} xmlns:w="{WORD}" xmlns:r="r">{text}</w:{name}>'


def make(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml",
                      root("document", f"<w:body>{body()}</w:body>"))
        file.writestr("word/numbering.xml", root("numbering", numbering()))
        file.writestr("word/styles.xml", root("styles", STYLES))
        file.writestr("word/footnotes.xml", root("footnotes", NOTES))
        file.writestr("word/_rels/document.xml.rels", f"<x>{RELATIONS}</x>")
        file.writestr("word/media/image1.png", PNG)
