#include "command/help_markdown.h"

#include "base/diag.h"
#include "base/unicode.h"

/* What an editor writes, and what readers get. */
static const struct {
	const char *form; /* lines; not translated */
	const char *about;
} rows[] = {
	{ "## 一、总则\n### （一）目的",
	  N_("headings from level 2 on; the title of the page is level 1") },
	{ "一段文字\n同一段的下一行", N_("a paragraph; an empty line ends it. "
					 "A line break between Chinese "
					 "characters leaves no gap") },
	{ "**重点**  *强调*  ~~删去~~  `代码`",
	  N_("strong, emphasis, struck out, code; beside Chinese punctuation "
	     "too") },
	{ "- 一项\n- 又一项\n  - 下一级",
	  N_("a list; what belongs to an entry is indented") },
	{ "1. 第一\n2. 第二", N_("a numbered list") },
	{ "- [ ] 未办\n- [x] 已办", N_("a list of tasks") },
	{ "> 引文", N_("a quotation") },
	{ "> [!NOTE]\n> 说明", N_("a callout: NOTE, TIP, IMPORTANT, WARNING, "
				  "CAUTION") },
	{ "| 事项 | 时限 |\n|---|--:|\n| 受理 | 5 日 |",
	  N_("a table; --: is right, :-: is centred; `\\|` is a bar in a "
	     "cell") },
	{ "正文[^1]\n\n[^1]: 注释", N_("a footnote") },
	{ "术语\n: 解释", N_("a list of terms") },
	{ "[办法](../zcwj/2026-9.md)",
	  N_("a link to a resource, by its file; it becomes the address") },
	{ "[办法](id:szf/zcwj/2026-9)", N_("the same, by its id") },
	{ "[第一章](2026-9.md#一、总则)  [上文](#一、总则)",
	  N_("a link to a heading, as it reads") },
	{ "[附件](附件1.pdf)",
	  N_("a link to a file in the folder of the page") },
	{ "![大楼外景](楼.jpg \"图题\")",
	  N_("a picture; its text is read out to those who do not see it") },
	{ "<https://www.example.gov.cn/>", N_("an address as a link") },
	{ "```\n代码\n```", N_("code, as it stands") },
	{ "---", N_("a line across") },
	{ "<table>…</table>", N_("raw HTML is cleaned: `jiyue help html`") },
};

static void add_row(struct buf *out, str form, const char *about)
{
	str line;

	while (str_split_next(&form, '\n', &line))
		buf_printf(out, line.len > 0 ? "    %.*s\n" : "%.*s\n",
			   STR_ARG(line));
	buf_printf(out, "  %s\n\n", about);
}

void help_markdown(struct buf *out)
{
	buf_printf(out, "%s\n\n",
		   _("Text is CommonMark, with tables, footnotes and what else "
		     "stands here. What is almost right is named by a message "
		     "with the right form."));
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		add_row(out, str_from_c(rows[i].form), _(rows[i].about));
	out->len--; /* one empty line at the end is enough */
}
