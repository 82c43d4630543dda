"""An old site as content systems of the years before wrote it: five encodings,
wrong and missing names of them, tables for layout, fonts, frames, script links,
session ids, capital tags. `make(folder, count)` gives what it wrote: path to
title, for the pages that are articles."""

import os

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00" + bytes(20)
TEXT = ("各区县人民政府，市政府各部门、各直属机构：为进一步做好冬季供暖工作，保障群众温暖过冬，"
        "经研究，现就有关事项通知如下。请认真贯彻执行。")
# of what stands in the pages
TRADITIONAL = str.maketrans(
    "区县门属机构为进一步冬温过经研关项号见页条内数积办点来时间发报请认贯执保众现彻于",
    "區縣門屬機構為進一步冬溫過經研關項號見頁條內數積辦點來時間發報請認貫執保眾現徹於")
# how it is written, what the page says of it
ENCODINGS = (("gb18030", "gb2312"), ("gbk", "GBK"), ("big5", "big5"),
             ("utf-8", "utf-8"), ("gb18030", None), ("gb18030", "utf-8"),
             ("utf-8-sig", "gb2312"), ("big5", None), ("utf-8", "gb2312"),
             ("utf-16", None))


def tags(number, title, charset):
    head = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={charset}">' if charset else ""
    head += f"<TITLE>{title}-示范市人民政府</TITLE>"
    if number % 3 == 0:
        return head
    name = "PubDate" if number % 2 else "pubdate"
    return head + (f'<meta name="ArticleTitle" content="{title}">'
                   f'<meta name="{name}" content="2018-03-{number % 28 + 1:02d} 09:05">'
                   '<meta name="ContentSource" content="市政府办公室">'
                   '<meta name="SiteName" content="示范市人民政府">')


def page(number, charset):
    title = f"关于做好第{number}号供暖工作的通知"
    before = max(number - 10, 0)
    visible = ("" if number % 3 else
               f"<TD>发布时间：2018年3月{number % 28 + 1}日 9:05</TD><TD>来源：<span>市政府办公室</span></TD>")
    return title, f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML><HEAD>{tags(number, title, charset)}
<SCRIPT>document.write("<p>{number}");</SCRIPT><STYLE>td{{color:red}}</STYLE></HEAD>
<BODY BGCOLOR=#FFFFFF onload="x()"><TABLE WIDTH=100%><TR><TD><A HREF="/index.html">首页</A></TD></TR></TABLE>
<TABLE><TR>{visible}</TR></TABLE><H1 ALIGN=center>{title}</H1>
<TABLE WIDTH=100%><TR><TD ID=zoom><FONT SIZE=3 FACE=宋体><P>&nbsp;&nbsp;&nbsp;&nbsp;{TEXT}<BR><BR>　　一、<B>第{number}条</B>，见
<A HREF="t{before}.html;jsessionid=0A1B">另一篇</A>和<a href="javascript:window.open('../files/biao.pdf')">附表</a>，
<A HREF="javascript:void(0)">打印</A>。<P>* 2018. 重点_内容_ &lt;b&gt; [注]
<IMG SRC="../images/p{number % 7}.png">
<TABLE BORDER=1><TR><TD>项目<TD>数量<TR><TD>供暖|面积<TD>{number}</TABLE>
<UL><LI>甲<LI>乙</UL><IFRAME SRC="x.html"></IFRAME></FONT></TD></TR></TABLE>
</BODY></HTML>"""


def make(folder, count):
    found = {}
    for name in ("zwgk/tzgg", "zwgk/images", "zwgk/files"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    for number in range(7):
        with open(os.path.join(folder, f"zwgk/images/p{number}.png"), "wb") as file:
            file.write(PNG + bytes([number]))
    with open(os.path.join(folder, "zwgk/files/biao.pdf"), "wb") as file:
        file.write(b"%PDF-1.4\n%%EOF\n")
    for number in range(count):
        encoding, charset = ENCODINGS[number % len(ENCODINGS)]
        title, html = page(number, charset)
        if encoding == "big5":
            title = title.translate(TRADITIONAL)
            html = html.translate(TRADITIONAL)
            html = html.replace("宋体", "細明體").replace("一般", "")
        path = f"zwgk/tzgg/t{number}.html"
        with open(os.path.join(folder, path), "wb") as file:
            file.write(html.encode(encoding))
        found[path] = title
    for name, html in (("index.html", "<html><frameset cols=20%><frame src=a.html></frameset></html>"),
                       ("zwgk/index.html", "<html><head><meta name=ColumnName content=公开><meta name=ColumnDescription content=公开></head><body><a href=tzgg/t1.html>一</a></body></html>"),
                       ("empty.html", "")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(html)
    return found

