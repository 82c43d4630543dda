/*
 * Tables and nothing else: rows of elements and of their attributes, with the
 * places as bits, so that what may stand in what is one AND. Attributes of
 * more than one element are rows that several elements point to. What is not
 * in here does not get out.
 */
#include "markup/html_allow.h"

#include <stdlib.h>
#include <string.h>

static const struct html_attribute global_attributes[] = {
	{ "aria-hidden", HTML_CHOICE, "true false" },
	{ "aria-label", HTML_ANY, NULL },
	{ "class", HTML_CLASSES, NULL },
	{ "dir", HTML_CHOICE, "ltr rtl auto" },
	{ "id", HTML_ID, NULL },
	{ "lang", HTML_LANGUAGE, NULL },
	{ "role", HTML_CHOICE, "note img group list listitem none" },
	{ "style", HTML_STYLE, NULL },
	{ "tabindex", HTML_CHOICE, "0 -1" },
	{ "title", HTML_ANY, NULL },
};

static const struct html_attribute link_attributes[] = {
	{ "href", HTML_LINK, NULL },
	{ "name", HTML_ID, NULL },
	{ "download", HTML_ANY, NULL },
	{ "rel", HTML_WORDS, NULL },
};

static const struct html_attribute image_attributes[] = {
	{ "src", HTML_SOURCE, NULL },
	{ "srcset", HTML_SOURCES, NULL },
	{ "alt", HTML_ANY, NULL },
	{ "width", HTML_DIGITS, NULL },
	{ "height", HTML_DIGITS, NULL },
	{ "loading", HTML_CHOICE, "lazy eager" },
	{ "decoding", HTML_CHOICE, "async sync auto" },
};

static const struct html_attribute cell_attributes[] = {
	{ "colspan", HTML_DIGITS, NULL },
	{ "rowspan", HTML_DIGITS, NULL },
	{ "scope", HTML_CHOICE, "row col rowgroup colgroup" },
	{ "align", HTML_ALIGN, NULL },
	{ "width", HTML_WIDTH, NULL },
};

static const struct html_attribute aligned_attributes[] = {
	{ "align", HTML_ALIGN, NULL },
};

static const struct html_attribute wide_attributes[] = {
	{ "width", HTML_WIDTH, NULL },
};

static const struct html_attribute list_attributes[] = {
	{ "start", HTML_INTEGER, NULL },
	{ "type", HTML_CHOICE, "1 a A i I" },
};

static const struct html_attribute item_attributes[] = {
	{ "value", HTML_INTEGER, NULL },
};

static const struct html_attribute time_attributes[] = {
	{ "datetime", HTML_MOMENT, NULL },
};

static const struct html_attribute audio_attributes[] = {
	{ "src", HTML_SOURCE, NULL },
	{ "controls", HTML_FLAG, NULL },
};

static const struct html_attribute video_attributes[] = {
	{ "src", HTML_SOURCE, NULL },	 { "poster", HTML_SOURCE, NULL },
	{ "controls", HTML_FLAG, NULL }, { "width", HTML_DIGITS, NULL },
	{ "height", HTML_DIGITS, NULL },
};

static const struct html_attribute source_attributes[] = {
	{ "src", HTML_SOURCE, NULL },
	{ "srcset", HTML_SOURCES, NULL },
	{ "type", HTML_MEDIA_TYPE, NULL },
};

static const struct html_attribute track_attributes[] = {
	{ "src", HTML_SOURCE, NULL },
	{ "kind", HTML_CHOICE,
	  "subtitles captions descriptions chapters metadata" },
	{ "srclang", HTML_LANGUAGE, NULL },
	{ "label", HTML_ANY, NULL },
};

/* The boxes of a task list, which nobody can tick. */
static const struct html_attribute input_attributes[] = {
	{ "type", HTML_CHOICE, "checkbox" },
	{ "disabled", HTML_FLAG, NULL },
	{ "checked", HTML_FLAG, NULL },
};

/* What becomes of a page inside the page: a link. */
static const struct html_attribute frame_attributes[] = {
	{ "src", HTML_LINK, NULL },
};

#define ATTRIBUTES(list) .attributes = (list), .attribute_count = COUNT_OF(list)
#define PHRASE                                                                 \
	.place = HTML_IN_LINE, .content = HTML_PHRASES,                        \
	.with_blocks = HTML_VANISHES
#define LINE .place = HTML_BLOCK, .content = HTML_PHRASES
#define BLOCK .place = HTML_BLOCK, .content = HTML_FLOW
#define ALIGNED ATTRIBUTES(aligned_attributes)
#define DROPPED(why) .is_dropped = true, .reason = (why)
#define UNWRAPPED(why) .is_unwrapped = true, .reason = (why)

const struct html_element html_elements[] = {
	{ "a", .place = HTML_IN_LINE, .content = HTML_PHRASES,
	  .with_blocks = HTML_OPENS, ATTRIBUTES(link_attributes),
	  .is_idle_empty = true },
	{ "abbr", PHRASE },
	{ "acronym", .instead = "abbr" },
	{ "address", .instead = "div" },
	{ "applet", UNWRAPPED(HTML_REASON_EMBED) },
	{ "area", DROPPED(HTML_REASON_EMBED), .is_alone = true },
	{ "article", BLOCK, ALIGNED },
	{ "aside", BLOCK, ALIGNED },
	{ "audio", .place = HTML_IN_LINE, .content = HTML_MEDIA,
	  ATTRIBUTES(audio_attributes) },
	{ "b", PHRASE },
	{ "base", DROPPED(HTML_REASON_HEAD), .is_alone = true },
	{ "basefont", DROPPED(HTML_REASON_LOOK), .is_alone = true },
	{ "bgsound", DROPPED(HTML_REASON_EMBED), .is_alone = true },
	{ "big", UNWRAPPED(HTML_REASON_LOOK) },
	{ "blink", UNWRAPPED(HTML_REASON_LOOK) },
	{ "blockquote", BLOCK, ALIGNED },
	{ "br", .place = HTML_IN_LINE, .content = HTML_VOID },
	{ "button", UNWRAPPED(HTML_REASON_FORM) },
	{ "canvas", UNWRAPPED(HTML_REASON_EMBED) },
	{ "caption", .place = HTML_TABLE_PART, .content = HTML_PHRASES,
	  .home = "table", .may_stay_open = true, ALIGNED },
	{ "center", .instead = "div", .class_name = "align-center" },
	{ "cite", PHRASE },
	{ "code", PHRASE },
	{ "col", .place = HTML_COLUMN, .content = HTML_VOID, .home = "colgroup",
	  ATTRIBUTES(wide_attributes) },
	{ "colgroup", .place = HTML_TABLE_PART, .content = HTML_COLUMNS,
	  .home = "table", .may_stay_open = true },
	{ "datalist", DROPPED(HTML_REASON_FORM) },
	{ "dd", .place = HTML_TERM, .content = HTML_FLOW, .home = "dl",
	  .may_stay_open = true },
	{ "del", .place = HTML_IN_LINE, .content = HTML_PHRASES,
	  .with_blocks = HTML_OPENS, ATTRIBUTES(time_attributes) },
	{ "details", .place = HTML_BLOCK, .content = HTML_DETAILS },
	{ "dfn", PHRASE },
	{ "dir", .instead = "ul" },
	{ "div", BLOCK, ALIGNED },
	{ "dl", .place = HTML_BLOCK, .content = HTML_TERMS },
	{ "dt", .place = HTML_TERM, .content = HTML_PHRASES, .home = "dl",
	  .may_stay_open = true },
	{ "em", PHRASE },
	{ "embed", DROPPED(HTML_REASON_EMBED), .is_alone = true },
	{ "fieldset", UNWRAPPED(HTML_REASON_FORM) },
	{ "figcaption", .place = HTML_FIGURE_PART, .content = HTML_FLOW,
	  .home = "figure" },
	{ "figure", .place = HTML_BLOCK, .content = HTML_FIGURE },
	{ "font", UNWRAPPED(HTML_REASON_LOOK) },
	{ "footer", .instead = "div" },
	{ "form", UNWRAPPED(HTML_REASON_FORM) },
	{ "frame", DROPPED(HTML_REASON_FRAME), .is_alone = true },
	{ "frameset", DROPPED(HTML_REASON_FRAME) },
	{ "h1", .instead = "h2" },
	{ "h2", LINE, ALIGNED },
	{ "h3", LINE, ALIGNED },
	{ "h4", LINE, ALIGNED },
	{ "h5", LINE, ALIGNED },
	{ "h6", LINE, ALIGNED },
	{ "head", DROPPED(HTML_REASON_HEAD) },
	{ "header", .instead = "div" },
	{ "hgroup", .instead = "div" },
	{ "hr", .place = HTML_BLOCK, .content = HTML_VOID },
	{ "i", PHRASE },
	{ "iframe", .place = HTML_IN_LINE, .required = "src",
	  .is_dropped = true, .reason = HTML_REASON_FRAME,
	  ATTRIBUTES(frame_attributes) },
	{ "img", .place = HTML_IN_LINE, .content = HTML_VOID,
	  .required = "src|srcset", .reason = HTML_REASON_MISSING,
	  ATTRIBUTES(image_attributes) },
	{ "input", .place = HTML_IN_LINE, .content = HTML_VOID,
	  .required = "type disabled", .reason = HTML_REASON_FORM,
	  ATTRIBUTES(input_attributes) },
	{ "ins", .place = HTML_IN_LINE, .content = HTML_PHRASES,
	  .with_blocks = HTML_OPENS, ATTRIBUTES(time_attributes) },
	{ "kbd", PHRASE },
	{ "label", UNWRAPPED(HTML_REASON_FORM) },
	{ "legend", UNWRAPPED(HTML_REASON_FORM), .is_apart = true },
	{ "li", .place = HTML_ITEM, .content = HTML_FLOW, .home = "ul",
	  .may_stay_open = true, ATTRIBUTES(item_attributes) },
	{ "link", DROPPED(HTML_REASON_HEAD), .is_alone = true },
	{ "listing", .instead = "pre" },
	{ "main", .instead = "div" },
	{ "map", UNWRAPPED(HTML_REASON_EMBED) },
	{ "mark", PHRASE },
	{ "marquee", UNWRAPPED(HTML_REASON_LOOK) },
	{ "math", DROPPED(HTML_REASON_EMBED) },
	{ "menu", .instead = "ul" },
	{ "meta", DROPPED(HTML_REASON_HEAD), .is_alone = true },
	{ "nav", .instead = "div" },
	{ "nobr", UNWRAPPED(HTML_REASON_LOOK) },
	{ "noembed", UNWRAPPED(HTML_REASON_FRAME) },
	{ "noframes", UNWRAPPED(HTML_REASON_FRAME) },
	{ "noscript", UNWRAPPED(HTML_REASON_ACTIVE) },
	{ "object", UNWRAPPED(HTML_REASON_EMBED) },
	{ "ol", .place = HTML_BLOCK, .content = HTML_ITEMS,
	  ATTRIBUTES(list_attributes) },
	{ "optgroup", UNWRAPPED(HTML_REASON_FORM), .is_apart = true },
	{ "option", UNWRAPPED(HTML_REASON_FORM), .is_apart = true,
	  .may_stay_open = true },
	{ "p", .place = HTML_BLOCK, .content = HTML_PHRASES,
	  .with_blocks = HTML_TURNS, .may_stay_open = true,
	  .is_idle_empty = true, ALIGNED },
	{ "param", DROPPED(HTML_REASON_EMBED), .is_alone = true },
	{ "picture", UNWRAPPED(HTML_REASON_LOOK) },
	{ "plaintext", .instead = "pre" },
	{ "pre", LINE },
	{ "q", PHRASE },
	{ "rp", .place = HTML_RUBY_PART, .content = HTML_PHRASES,
	  .home = "ruby", .may_stay_open = true },
	{ "rt", .place = HTML_RUBY_PART, .content = HTML_PHRASES,
	  .home = "ruby", .may_stay_open = true },
	{ "ruby", .place = HTML_IN_LINE, .content = HTML_RUBY },
	{ "s", PHRASE },
	{ "samp", PHRASE },
	{ "script", DROPPED(HTML_REASON_ACTIVE) },
	{ "section", BLOCK, ALIGNED },
	{ "select", UNWRAPPED(HTML_REASON_FORM), .is_apart = true },
	{ "small", PHRASE },
	{ "source", .place = HTML_MEDIA_PART, .content = HTML_VOID,
	  .required = "src|srcset", .reason = HTML_REASON_MISSING,
	  ATTRIBUTES(source_attributes) },
	{ "span", .place = HTML_IN_LINE, .content = HTML_PHRASES,
	  .with_blocks = HTML_TURNS },
	{ "strike", .instead = "s" },
	{ "strong", PHRASE },
	{ "style", DROPPED(HTML_REASON_LOOK) },
	{ "sub", PHRASE },
	{ "summary", .place = HTML_SUMMARY, .content = HTML_PHRASES,
	  .home = "details" },
	{ "sup", PHRASE },
	{ "svg", DROPPED(HTML_REASON_EMBED) },
	{ "table", .place = HTML_TABLE, .content = HTML_TABLE_PARTS,
	  ATTRIBUTES(wide_attributes) },
	{ "tbody", .place = HTML_TABLE_PART, .content = HTML_ROWS,
	  .home = "table", .may_stay_open = true, ALIGNED },
	{ "td", .place = HTML_CELL, .content = HTML_FLOW, .home = "tr",
	  ATTRIBUTES(cell_attributes), .may_stay_open = true },
	{ "template", DROPPED(HTML_REASON_ACTIVE) },
	{ "textarea", UNWRAPPED(HTML_REASON_FORM), .is_apart = true },
	{ "tfoot", .place = HTML_TABLE_PART, .content = HTML_ROWS,
	  .home = "table", .may_stay_open = true, ALIGNED },
	{ "th", .place = HTML_CELL, .content = HTML_FLOW, .home = "tr",
	  ATTRIBUTES(cell_attributes), .may_stay_open = true },
	{ "thead", .place = HTML_TABLE_PART, .content = HTML_ROWS,
	  .home = "table", .may_stay_open = true, ALIGNED },
	{ "time", PHRASE, ATTRIBUTES(time_attributes) },
	{ "title", DROPPED(HTML_REASON_HEAD) },
	{ "tr", .place = HTML_ROW, .content = HTML_CELLS, .home = "tbody",
	  .may_stay_open = true, ALIGNED },
	{ "track", .place = HTML_MEDIA_PART, .content = HTML_VOID,
	  .required = "src", .reason = HTML_REASON_MISSING,
	  ATTRIBUTES(track_attributes) },
	{ "tt", .instead = "code" },
	{ "u", PHRASE },
	{ "ul", .place = HTML_BLOCK, .content = HTML_ITEMS },
	{ "var", PHRASE },
	{ "video", .place = HTML_IN_LINE, .content = HTML_MEDIA,
	  ATTRIBUTES(video_attributes) },
	{ "wbr", .place = HTML_IN_LINE, .content = HTML_VOID },
	{ "xml", DROPPED(HTML_REASON_WORD) },
	{ "xmp", .instead = "pre" },
};

const struct html_element html_place_element = { "div", BLOCK };

const size_t html_element_count = COUNT_OF(html_elements);

static const struct html_content_rule content_rules[] = {
	[HTML_VOID] = { 0, NULL },
	[HTML_PHRASES] = { HTML_IN_LINE, NULL },
	[HTML_FLOW] = { HTML_IN_LINE | HTML_BLOCK | HTML_TABLE, NULL },
	[HTML_LINK_FLOW] = { HTML_IN_LINE | HTML_BLOCK, NULL },
	[HTML_ITEMS] = { HTML_ITEM, "li" },
	[HTML_TERMS] = { HTML_TERM, "dd" },
	[HTML_TABLE_PARTS] = { HTML_TABLE_PART, "tbody" },
	[HTML_COLUMNS] = { HTML_COLUMN, NULL },
	[HTML_ROWS] = { HTML_ROW, "tr" },
	[HTML_CELLS] = { HTML_CELL, "td" },
	[HTML_RUBY] = { HTML_IN_LINE | HTML_RUBY_PART, NULL },
	[HTML_DETAILS] = { HTML_IN_LINE | HTML_BLOCK | HTML_TABLE |
				   HTML_SUMMARY,
			   NULL },
	[HTML_FIGURE] = { HTML_IN_LINE | HTML_BLOCK | HTML_TABLE |
				  HTML_FIGURE_PART,
			  NULL },
	[HTML_MEDIA] = { HTML_IN_LINE | HTML_MEDIA_PART, NULL },
};

/* --- what a text may wear, and what it may not ---------------------------- */

/* Nothing of it is a part of a theme's pages; see themes/README.md. */
static const char *const classes[] = {
	"align-center", "align-justify", "align-left",
	"align-right",	"indent",	 "no-indent",
};

/* width-5, width-10 … width-100 */
static bool is_width(str name)
{
	str prefix = STR("width-");
	uint64_t share;

	return str_starts_with(name, prefix) && name.len <= prefix.len + 3 &&
	       name.data[prefix.len] != '0' &&
	       str_to_u64(&share, str_from(name, prefix.len)) && share > 0 &&
	       share <= 100 && share % 5 == 0;
}

bool html_class_is_allowed(str name)
{
	for (size_t i = 0; i < COUNT_OF(classes); i++)
		if (str_equal_c(name, classes[i]))
			return true;
	return name.len > 6 && is_width(name);
}

enum html_reason html_element_reason(str name)
{
	return str_find_byte(name, ':') != STR_NONE ? HTML_REASON_WORD
						    : HTML_REASON_UNKNOWN;
}

static const struct {
	const char *name;
	enum html_reason reason;
} known_attributes[] = {
	{ "align", HTML_REASON_LOOK },
	{ "alink", HTML_REASON_LOOK },
	{ "background", HTML_REASON_LOOK },
	{ "bgcolor", HTML_REASON_LOOK },
	{ "border", HTML_REASON_LOOK },
	{ "bordercolor", HTML_REASON_LOOK },
	{ "cellpadding", HTML_REASON_LOOK },
	{ "cellspacing", HTML_REASON_LOOK },
	{ "char", HTML_REASON_LOOK },
	{ "charoff", HTML_REASON_LOOK },
	{ "clear", HTML_REASON_LOOK },
	{ "color", HTML_REASON_LOOK },
	{ "compact", HTML_REASON_LOOK },
	{ "face", HTML_REASON_LOOK },
	{ "frame", HTML_REASON_LOOK },
	{ "frameborder", HTML_REASON_LOOK },
	{ "height", HTML_REASON_LOOK },
	{ "hspace", HTML_REASON_LOOK },
	{ "leftmargin", HTML_REASON_LOOK },
	{ "link", HTML_REASON_LOOK },
	{ "marginheight", HTML_REASON_LOOK },
	{ "marginwidth", HTML_REASON_LOOK },
	{ "noshade", HTML_REASON_LOOK },
	{ "open", HTML_REASON_LOOK },
	{ "nowrap", HTML_REASON_LOOK },
	{ "rules", HTML_REASON_LOOK },
	{ "size", HTML_REASON_LOOK },
	{ "target", HTML_REASON_LOOK },
	{ "text", HTML_REASON_LOOK },
	{ "topmargin", HTML_REASON_LOOK },
	{ "type", HTML_REASON_LOOK },
	{ "valign", HTML_REASON_LOOK },
	{ "vlink", HTML_REASON_LOOK },
	{ "vspace", HTML_REASON_LOOK },
	{ "width", HTML_REASON_LOOK },
	{ "hidden", HTML_REASON_HIDDEN },
	{ "autoplay", HTML_REASON_ACTIVE },
	{ "usemap", HTML_REASON_EMBED },
};

enum html_reason html_attribute_reason(str name)
{
	for (size_t i = 0; i < COUNT_OF(known_attributes); i++)
		if (str_equal_c(name, known_attributes[i].name))
			return known_attributes[i].reason;
	if (str_starts_with(name, STR("on")))
		return HTML_REASON_ACTIVE;
	if (str_find_byte(name, ':') != STR_NONE ||
	    str_starts_with(name, STR("xmlns")))
		return HTML_REASON_WORD;
	return HTML_REASON_NO_USE;
}

/* --- the rows ------------------------------------------------------------- */

static int compare_name(const void *name, const void *element)
{
	return strcmp(name, ((const struct html_element *)element)->name);
}

const struct html_element *html_element_find(const char *name)
{
	return bsearch(name, html_elements, html_element_count,
		       sizeof(html_elements[0]), compare_name);
}

static const struct html_attribute *find_in(const struct html_attribute *list,
					    size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}

const struct html_attribute *
html_attribute_find(const struct html_element *element, const char *name)
{
	const struct html_attribute *found =
		find_in(element->attributes, element->attribute_count, name);

	if (found != NULL)
		return found;
	return find_in(global_attributes, COUNT_OF(global_attributes), name);
}

const struct html_attribute *html_global_attributes(size_t *count)
{
	*count = COUNT_OF(global_attributes);
	return global_attributes;
}

struct html_content_rule html_content_rule(enum html_content content)
{
	return content_rules[content];
}
