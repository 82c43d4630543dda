/*
 * The panel is made of the text that the terminal gets too, so that both say
 * the same and a new kind of message needs nothing here: a line that begins
 * with a place is a head, indented lines below it are its source and help.
 */
#include "preview/panel.h"

#include "markup/url_path.h"
#include "theme/template_escape.h"

const char preview_css[] =
	".jiyue-preview{position:fixed;z-index:2147483647;right:12px;"
	"bottom:12px;max-width:min(46rem,calc(100vw - 24px));"
	"font:14px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;color:#1c2733;"
	"background:#fff;border:1px solid #b8c2cc;border-radius:8px;"
	"box-shadow:0 6px 24px rgba(0,0,0,.18)}\n"
	".jiyue-preview summary{cursor:pointer;padding:8px 14px;"
	"list-style-position:inside}\n"
	".jiyue-preview-errors summary{background:#b3261e;color:#fff;"
	"border-radius:7px}\n"
	".jiyue-preview-body{max-height:60vh;overflow:auto;padding:4px 14px "
	"12px}\n"
	".jiyue-preview p{margin:10px 0 0;overflow-wrap:anywhere}\n"
	".jiyue-preview pre{margin:2px 0 0;padding:6px 8px;overflow-x:auto;"
	"background:#f3f5f7;color:#1c2733;border-radius:4px;"
	"font:12px/1.5 ui-monospace,'Noto Sans Mono CJK SC',monospace}\n"
	".jiyue-preview a{color:#0b57a4;text-decoration:underline}\n"
	"@media print{.jiyue-preview{display:none}}\n";

/* The page is made anew where it stands: browsers keep the place. */
const char preview_js[] =
	"\"use strict\";\n"
	"{\n"
	"\tconst seen = document.currentScript.dataset.build;\n"
	"\tconst events = new EventSource(\"/.jiyue/events?seen=\" + seen);\n"
	"\tevents.onmessage = (event) => {\n"
	"\t\tif (event.data !== seen) {\n"
	"\t\t\tevents.close();\n"
	"\t\t\tlocation.reload();\n"
	"\t\t}\n"
	"\t};\n"
	"}\n";

static bool take_number(str line, size_t *at)
{
	size_t start = *at;

	while (*at < line.len && line.data[*at] >= '0' && line.data[*at] <= '9')
		++*at;
	return *at > start && *at < line.len && line.data[*at] == ':';
}

/* "content/a.md:3:7" of "content/a.md:3:7: error: …", or nothing. */
static str place_of(str line)
{
	for (size_t i = 0; i < line.len; i++) {
		size_t at = i + 1;

		if (line.data[i] != ':' || !take_number(line, &at))
			continue;
		at++;
		if (take_number(line, &at))
			return str_between(line, 0, at);
	}
	return STR("");
}

static void add_place(struct buf *out, str place, const char *folder)
{
	buf_add_c(out, "<a href=\"vscode://file");
	url_path_encode(out, str_from_c(folder));
	buf_add_byte(out, '/');
	url_path_encode(out, place);
	buf_add_c(out, "\">");
	template_escape_html(out, place);
	buf_add_c(out, "</a>");
}

static bool is_detail(str line)
{
	return line.len > 0 && line.data[0] == ' ';
}

/* A head, then its lines with source, caret and help. */
static void add_messages(struct buf *out, str text, const char *folder)
{
	bool is_open = false;
	str line;

	while (str_split_next(&text, '\n', &line)) {
		str place = is_detail(line) ? STR("") : place_of(line);

		if (is_detail(line) && !is_open)
			buf_add_c(out, "<pre>");
		else if (!is_detail(line) && is_open)
			buf_add_c(out, "</pre>");
		is_open = is_detail(line);
		if (is_open) {
			template_escape_html(out, line);
			buf_add_byte(out, '\n');
		} else if (line.len > 0) {
			buf_add_c(out, "<p>");
			if (place.len > 0)
				add_place(out, place, folder);
			template_escape_html(out, str_from(line, place.len));
			buf_add_c(out, "</p>");
		}
	}
	if (is_open)
		buf_add_c(out, "</pre>");
}

/* Up to a whole line. */
static str within_limit(str text)
{
	if (text.len <= PANEL_LIMIT)
		return text;
	text.len = PANEL_LIMIT;
	while (text.len > 0 && text.data[text.len - 1] != '\n')
		text.len--;
	return text;
}

void preview_add_panel(struct buf *out, const struct diag_list *diags, str text,
		       const char *folder, uint64_t number)
{
	str shown = within_limit(text);

	buf_add_c(out,
		  "<link rel=\"stylesheet\" href=\"/.jiyue/preview.css\">");
	buf_printf(out,
		   "<details class=\"jiyue-preview%s\" lang=\"\"><summary>",
		   diags->error_count > 0 ? " jiyue-preview-errors" : "");
	buf_printf(out, _("Preview · errors: %zu, warnings: %zu"),
		   diags->error_count, diags->warning_count);
	buf_add_c(out, "</summary><div class=\"jiyue-preview-body\">");
	if (shown.len == 0)
		buf_printf(out, "<p>%s</p>", _("no mistakes were found"));
	add_messages(out, shown, folder);
	if (shown.len < text.len)
		buf_printf(out, "<p>%s</p>",
			   _("the others stand in the terminal"));
	buf_printf(out,
		   "</div></details><script src=\"/.jiyue/preview.js\" "
		   "data-build=\"%llu\"></script>",
		   (unsigned long long)number);
}
