#include "markup/html_allow.h"

#include <stdlib.h>
#include <string.h>

static const struct html_attribute global_attributes[] = {
	{ "aria-hidden", HTML_CHOICE, "true false" },
	{ "aria-label", HTML_ANY, NULL },
	{ "class", HTML_ANY, NULL },
	{ "dir", HTML_CHOICE, "ltr rtl auto" },
	{ "id", HTML_ID, NULL },
	{ "lang", HTML_LANGUAGE, NULL },
	{ "role", HTML_WORDS, NULL },
	{ "tabindex", HTML_CHOICE, "0 -1" },
	{ "title", HTML_ANY, NULL },
};

static const struct html_attribute link_attributes[] = {
	{ "href", HTML_LINK, NULL },
	{ "download", HTML_ANY, NULL },
	{ "rel", HTML_WORDS, NULL },
};

static const struct html_attribute image_attributes[] = {
	{ "src", HTML_SOURCE, NULL },
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
};

static const struct html_attribute list_attributes[] = {
	{ "start", HTML_INTEGER, NULL },
	{ "type", HTML_CHOICE, "1 a A i I" },
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

#define ATTRIBUTES(list) .attributes = (list), .attribute_count = COUNT_OF(list)
#define PHRASE                                                                 \
	.place = HTML_IN_LINE, .content = HTML_PHRASES,                        \
	.with_blocks = HTML_VANISHES
#define LINE .place = HTML_BLOCK, .content = HTML_PHRASES
#define BLOCK .place = HTML_BLOCK, .content = HTML_FLOW
#define DROPPED .is_dropped = true

const struct html_element html_elements[] = {
	{ "a", .place = HTML_IN_LINE, .content = HTML_PHRASES,
	  .with_blocks = HTML_OPENS, ATTRIBUTES(link_attributes) },
	{ "abbr", PHRASE },
	{ "acronym", .instead = "abbr" },
	{ "address", .instead = "div" },
	{ "applet", DROPPED },
	{ "article", BLOCK },
	{ "aside", BLOCK },
	{ "audio", .place = HTML_IN_LINE, .content = HTML_MEDIA,
	  ATTRIBUTES(audio_attributes) },
	{ "b", PHRASE },
	{ "base", DROPPED },
	{ "basefont", DROPPED },
	{ "bgsound", DROPPED },
	{ "blockquote", BLOCK },
	{ "br", .place = HTML_IN_LINE, .content = HTML_VOID },
	{ "canvas", DROPPED },
	{ "caption", .place = HTML_TABLE_PART, .content = HTML_PHRASES,
	  .home = "table" },
	{ "center", .instead = "div" },
	{ "cite", PHRASE },
	{ "code", PHRASE },
	{ "col", .place = HTML_COLUMN, .content = HTML_VOID,
	  .home = "colgroup" },
	{ "colgroup", .place = HTML_TABLE_PART, .content = HTML_COLUMNS,
	  .home = "table" },
	{ "datalist", DROPPED },
	{ "dd", .place = HTML_TERM, .content = HTML_FLOW, .home = "dl" },
	{ "del", .place = HTML_IN_LINE, .content = HTML_PHRASES,
	  .with_blocks = HTML_OPENS, ATTRIBUTES(time_attributes) },
	{ "details", .place = HTML_BLOCK, .content = HTML_DETAILS },
	{ "dir", .instead = "ul" },
	{ "div", BLOCK },
	{ "dl", .place = HTML_BLOCK, .content = HTML_TERMS },
	{ "dt", .place = HTML_TERM, .content = HTML_PHRASES, .home = "dl" },
	{ "em", PHRASE },
	{ "embed", DROPPED },
	{ "figcaption", .place = HTML_FIGURE_PART, .content = HTML_FLOW,
	  .home = "figure" },
	{ "figure", .place = HTML_BLOCK, .content = HTML_FIGURE },
	{ "footer", .instead = "div" },
	{ "frame", DROPPED },
	{ "frameset", DROPPED },
	{ "h1", .instead = "h2" },
	{ "h2", LINE },
	{ "h3", LINE },
	{ "h4", LINE },
	{ "h5", LINE },
	{ "h6", LINE },
	{ "head", DROPPED },
	{ "header", .instead = "div" },
	{ "hgroup", .instead = "div" },
	{ "hr", .place = HTML_BLOCK, .content = HTML_VOID },
	{ "i", PHRASE },
	{ "iframe", DROPPED },
	{ "img", .place = HTML_IN_LINE, .content = HTML_VOID, .required = "src",
	  ATTRIBUTES(image_attributes) },
	{ "input", .place = HTML_IN_LINE, .content = HTML_VOID,
	  .required = "type disabled", ATTRIBUTES(input_attributes) },
	{ "ins", .place = HTML_IN_LINE, .content = HTML_PHRASES,
	  .with_blocks = HTML_OPENS, ATTRIBUTES(time_attributes) },
	{ "kbd", PHRASE },
	{ "li", .place = HTML_ITEM, .content = HTML_FLOW, .home = "ul" },
	{ "link", DROPPED },
	{ "listing", .instead = "pre" },
	{ "main", .instead = "div" },
	{ "mark", PHRASE },
	{ "math", DROPPED },
	{ "menu", .instead = "ul" },
	{ "meta", DROPPED },
	{ "nav", .instead = "div" },
	{ "noembed", DROPPED },
	{ "noframes", DROPPED },
	{ "noscript", DROPPED },
	{ "object", DROPPED },
	{ "ol", .place = HTML_BLOCK, .content = HTML_ITEMS,
	  ATTRIBUTES(list_attributes) },
	{ "optgroup", DROPPED },
	{ "option", DROPPED },
	{ "p", .place = HTML_BLOCK, .content = HTML_PHRASES,
	  .with_blocks = HTML_TURNS },
	{ "param", DROPPED },
	{ "plaintext", DROPPED },
	{ "pre", LINE },
	{ "q", PHRASE },
	{ "rp", .place = HTML_RUBY_PART, .content = HTML_PHRASES,
	  .home = "ruby" },
	{ "rt", .place = HTML_RUBY_PART, .content = HTML_PHRASES,
	  .home = "ruby" },
	{ "ruby", .place = HTML_IN_LINE, .content = HTML_RUBY },
	{ "s", PHRASE },
	{ "samp", PHRASE },
	{ "script", DROPPED },
	{ "section", BLOCK },
	{ "select", DROPPED },
	{ "small", PHRASE },
	{ "source", .place = HTML_MEDIA_PART, .content = HTML_VOID,
	  .required = "src", ATTRIBUTES(source_attributes) },
	{ "span", .place = HTML_IN_LINE, .content = HTML_PHRASES,
	  .with_blocks = HTML_TURNS },
	{ "strike", .instead = "s" },
	{ "strong", PHRASE },
	{ "style", DROPPED },
	{ "sub", PHRASE },
	{ "summary", .place = HTML_SUMMARY, .content = HTML_PHRASES,
	  .home = "details" },
	{ "sup", PHRASE },
	{ "svg", DROPPED },
	{ "table", .place = HTML_TABLE, .content = HTML_TABLE_PARTS },
	{ "tbody", .place = HTML_TABLE_PART, .content = HTML_ROWS,
	  .home = "table" },
	{ "td", .place = HTML_CELL, .content = HTML_FLOW, .home = "tr",
	  ATTRIBUTES(cell_attributes) },
	{ "template", DROPPED },
	{ "textarea", DROPPED },
	{ "tfoot", .place = HTML_TABLE_PART, .content = HTML_ROWS,
	  .home = "table" },
	{ "th", .place = HTML_CELL, .content = HTML_FLOW, .home = "tr",
	  ATTRIBUTES(cell_attributes) },
	{ "thead", .place = HTML_TABLE_PART, .content = HTML_ROWS,
	  .home = "table" },
	{ "time", PHRASE, ATTRIBUTES(time_attributes) },
	{ "title", DROPPED },
	{ "tr", .place = HTML_ROW, .content = HTML_CELLS, .home = "tbody" },
	{ "track", .place = HTML_MEDIA_PART, .content = HTML_VOID,
	  .required = "src", ATTRIBUTES(track_attributes) },
	{ "tt", .instead = "code" },
	{ "u", PHRASE },
	{ "ul", .place = HTML_BLOCK, .content = HTML_ITEMS },
	{ "video", .place = HTML_IN_LINE, .content = HTML_MEDIA,
	  ATTRIBUTES(video_attributes) },
	{ "xmp", DROPPED },
};

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

struct html_content_rule html_content_rule(enum html_content content)
{
	return content_rules[content];
}
