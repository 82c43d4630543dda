/*
 * The panel is made of the text that the terminal gets too, so that both say
 * the same and a new kind of message needs nothing here: a line that begins
 * with a place is a head, indented lines below it are its source and help.
 */
#include "preview/panel.h"

#include "base/diag.h"
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
	".jiyue-preview p,.jiyue-preview-all p{margin:10px 0 "
	"0;overflow-wrap:anywhere}\n"
	".jiyue-preview pre,.jiyue-preview-all pre{margin:2px 0 0;padding:6px "
	"8px;overflow-x:auto;"
	"background:#f3f5f7;color:#1c2733;border-radius:4px;"
	"font:12px/1.5 ui-monospace,'Noto Sans Mono CJK SC',monospace}\n"
	".jiyue-preview-all{max-width:60rem;margin:2rem auto;padding:0 1rem;"
	"font:14px/1.6 system-ui,'Noto Sans CJK SC',sans-serif}\n"
	".jiyue-preview-all h1{font-size:1.2rem}\n"
	".jiyue-preview a{color:#0b57a4;text-decoration:underline}\n"
	".jiyue-preview form{margin:12px 0 0}\n"
	".jiyue-preview-mark{padding:6px 14px;background:#fff4ce;"
	"color:#4d3800;border-bottom:1px solid #e0c46c}\n"
	"a[data-jiyue-mark]::after{content:attr(data-jiyue-mark);"
	"margin-left:.4em;padding:0 .4em;border-radius:4px;"
	"background:#fff4ce;color:#4d3800;font-size:.8em}\n"
	"@media print{.jiyue-preview{display:none}}\n";

/*
 * The page is made anew where it stands: browsers keep the place. They have
 * six connections for a host, so a page that nobody looks at listens to
 * nothing; it learns what it missed when it is looked at again.
 */
const char preview_js[] =
	"\"use strict\";\n"
	"{\n"
	"\tconst seen = document.currentScript.dataset.build;\n"
	"\tlet events = null;\n"
	"\tconst close = () => {\n"
	"\t\tevents?.close();\n"
	"\t\tevents = null;\n"
	"\t};\n"
	"\tconst listen = () => {\n"
	"\t\tclose();\n"
	"\t\tif (document.hidden)\n"
	"\t\t\treturn;\n"
	"\t\tevents = new EventSource(\"/.jiyue/events?seen=\" + seen);\n"
	"\t\tevents.onmessage = (event) => {\n"
	"\t\t\tif (event.data !== seen) {\n"
	"\t\t\t\tclose();\n"
	"\t\t\t\tlocation.reload();\n"
	"\t\t\t}\n"
	"\t\t};\n"
	"\t};\n"
	"\tdocument.addEventListener(\"visibilitychange\", listen);\n"
	"\tlisten();\n"
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
void panel_add_messages(struct buf *out, str text, const char *folder)
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

/* Up to the end of a message: what is cut off is told in the terminal. */
static str within_limit(str html)
{
	static const str ends[] = { STR("</p>"), STR("</pre>") };
	str shown = str_between(html, 0, PANEL_LIMIT);

	if (html.len <= PANEL_LIMIT)
		return html;
	while (shown.len > 0 && !str_ends_with(shown, ends[0]) &&
	       !str_ends_with(shown, ends[1]))
		shown.len--;
	return shown;
}

static void add_note(struct buf *out, const struct preview_note *note)
{
	str shown = within_limit(note->html);

	buf_add(out, shown);
	if (shown.len < note->html.len)
		buf_printf(out, "<p>%s</p>",
			   _("the others stand in the terminal"));
}

/* --- of one page ---------------------------------------------------------- */

enum { OF_PAGE, OF_SITE, OF_ALL, NOTE_COUNT };

struct found {
	const struct preview_note *notes[NOTE_COUNT];
	size_t errors;
	size_t warnings;
};

static void find_notes(struct found *out, const struct panel *panel)
{
	const str keys[NOTE_COUNT] = {
		[OF_PAGE] = panel->path, [OF_SITE] = panel->domain
	};

	*out = (struct found){ 0 };
	for (size_t i = 0; i < NOTE_COUNT; i++) {
		const struct preview_note *note =
			i != OF_ALL && keys[i].len == 0
				? NULL
				: map_get(&panel->notes->notes,
					  i == OF_ALL ? STR("") : keys[i]);

		out->notes[i] = note;
		if (note != NULL) {
			out->errors += note->errors;
			out->warnings += note->warnings;
		}
	}
}

static void add_script(struct buf *out, uint64_t number)
{
	buf_printf(out,
		   "<script src=\"/.jiyue/preview.js\" data-build=\"%llu\">"
		   "</script>",
		   (unsigned long long)number);
}

/* Readers do not see this page as it is shown here. */
static void add_marks(struct buf *out, const struct panel *panel)
{
	const char *mark = panel->path.len == 0
				   ? NULL
				   : map_get(&panel->notes->marks, panel->path);

	if (mark != NULL)
		buf_printf(out,
			   "<div class=\"jiyue-preview-mark\">%s · %s</div>",
			   mark, _("readers do not see this page yet"));
	if (panel->as_of.len == 0)
		return;
	buf_add_c(out, "<div class=\"jiyue-preview-mark\">");
	buf_printf(out, _("as on %.*s"), STR_ARG(panel->as_of));
	buf_printf(out, " · <a href=\"?\">%s</a></div>", _("today"));
}

static void add_day(struct buf *out, const struct panel *panel)
{
	buf_printf(out,
		   "<form><label>%s <input type=\"date\" name=\"as-of\" "
		   "required value=\"%.*s\"></label> <button type=\"submit\">"
		   "%s</button>"
		   "</form>",
		   _("as on"), STR_ARG(panel->as_of), _("show"));
}

static void add_found(struct buf *out, const struct found *found)
{
	for (size_t i = 0; i < NOTE_COUNT; i++)
		if (found->notes[i] != NULL)
			add_note(out, found->notes[i]);
	if (found->errors + found->warnings == 0)
		buf_printf(out, "<p>%s</p>", _("no mistakes were found here"));
}

void panel_add(struct buf *out, const struct panel *panel)
{
	const struct preview_note *all = &panel->notes->all;
	struct found found;

	find_notes(&found, panel);
	buf_add_c(out,
		  "<link rel=\"stylesheet\" href=\"/.jiyue/preview.css\">");
	buf_printf(out, "<details class=\"jiyue-preview%s\" lang=\"\">",
		   found.errors > 0 ? " jiyue-preview-errors" : "");
	buf_add_c(out, "<summary>");
	buf_printf(out, _("Preview · errors: %zu, warnings: %zu"), found.errors,
		   found.warnings);
	buf_add_c(out, "</summary>");
	add_marks(out, panel);
	buf_add_c(out, "<div class=\"jiyue-preview-body\">");
	add_found(out, &found);
	buf_add_c(out, "<p><a href=\"" PANEL_ALL "\">");
	buf_printf(out, _("all pages · errors: %zu, warnings: %zu"),
		   all->errors, all->warnings);
	buf_add_c(out, "</a></p>");
	add_day(out, panel);
	buf_add_c(out, "</div></details>");
	add_script(out, panel->number);
}

/* --- of all --------------------------------------------------------------- */

void panel_add_all(struct buf *out, const struct panel *panel)
{
	const struct preview_note *all = &panel->notes->all;

	buf_add_c(out, "<!DOCTYPE html><meta charset=\"utf-8\">"
		       "<title>jiyue</title>"
		       "<link rel=\"stylesheet\" href=\"/.jiyue/preview.css\">"
		       "<main class=\"jiyue-preview-all\"><h1>");
	buf_printf(out, _("Preview · errors: %zu, warnings: %zu"), all->errors,
		   all->warnings);
	buf_add_c(out, "</h1>");
	add_note(out, all);
	if (all->html.len == 0)
		buf_printf(out, "<p>%s</p>", _("no mistakes were found"));
	buf_add_c(out, "</main>");
	add_script(out, panel->number);
}
