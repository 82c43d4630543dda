/*
 * Annotations of GitHub's workflows, a line each:
 *	::error file=a.md,line=4,col=9,title=date-invalid::the text
 * A line break or control character in a text would end the command or begin
 * another one; GitHub decodes "%0A" again, and what has no code becomes "?".
 */
#include <string.h>

#include "base/unicode.h"
#include "report/report.h"

/* `coded` are the signs that stand for themselves nowhere in it. */
static void add_coded(struct buf *out, str text, const char *coded)
{
	size_t at = 0;

	while (at < text.len) {
		uint32_t c = unicode_next(text, &at);

		if (c > 0 && c < 0x80 && strchr(coded, (int)c) != NULL)
			buf_printf(out, "%%%02X", (unsigned)c);
		else if (unicode_is_control(c) || unicode_is_unsafe(c))
			buf_add_byte(out, '?');
		else
			buf_add_utf8(out, c);
	}
}

static void add_property(struct buf *out, str text)
{
	add_coded(out, text, "%\r\n:,");
}

static void write_line(struct buf *out, const struct report *report,
		       const struct report_message *message, struct buf *text)
{
	bool is_warning = message->diag->level == DIAG_WARNING;

	buf_printf(out, "::%s ", is_warning ? "warning" : "error");
	if (message->path.len > 0) {
		buf_add_c(out, "file=");
		add_property(out, report_path(report, message, out->arena));
		buf_add_byte(out, ',');
	}
	if (message->start.line > 0)
		buf_printf(out, "line=%zu,col=%zu,", message->start.line,
			   message->start.column);
	buf_add_c(out, "title=");
	add_property(out, str_from_c(message->diag->id));
	buf_add_c(out, "::");
	text->len = 0;
	report_add_text(text, message);
	add_coded(out, buf_str(text), "%\r\n");
	buf_add_byte(out, '\n');
}

void report_write_github(struct buf *out, const struct report *report)
{
	struct buf text;

	buf_init(&text, out->arena);
	for (size_t i = 0; i < report->count; i++) {
		write_line(out, report, &report->messages[i], &text);
		report_pass_on(report, out);
	}
}
