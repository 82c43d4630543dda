/*
 * From libyaml's events to nodes.
 *
 * libyaml's marks count characters, ours count bytes. The marks of its events
 * only ever go forward, so one cursor walks along with them and every
 * character is passed once; only an error steps back, and it is the last.
 */
#include "markup/yaml.h"

#include <assert.h>
#include <string.h>

#include <yaml.h>

#include "base/list.h"
#include "base/map.h"
#include "base/unicode.h"
#include "markup/yaml_line.h"
#include "markup/yaml_mistake.h"
#include "markup/yaml_scalar.h"

enum {
	ERROR_LIMIT = 20,   /* in one text; the rest is left for the next run */
	COMMENT_LIMIT = 20, /* warnings of comments in one text */
	MAP_FROM = 16,	    /* pairs from which on duplicates need a map */
};

struct reader {
	yaml_parser_t parser;
	yaml_event_t event; /* the one in work */
	const struct source *source;
	size_t start; /* of the YAML text, bytes of the source */
	size_t end;
	size_t cursor_character; /* of the YAML text */
	size_t cursor_byte;	 /* of the source; the same place */
	bool is_settings;	 /* no front matter */
	struct arena *arena;
	struct diag_list *diags;
	size_t errors;
	size_t comments; /* behind values */
};

static bool is_continuation(const struct reader *reader, size_t byte)
{
	unsigned char c = (unsigned char)reader->source->text.data[byte];

	return (c & 0xc0) == 0x80;
}

static void cursor_forward(struct reader *reader)
{
	reader->cursor_byte++;
	while (reader->cursor_byte < reader->end &&
	       is_continuation(reader, reader->cursor_byte))
		reader->cursor_byte++;
	reader->cursor_character++;
}

static void cursor_back(struct reader *reader)
{
	reader->cursor_byte--;
	while (reader->cursor_byte > reader->start &&
	       is_continuation(reader, reader->cursor_byte))
		reader->cursor_byte--;
	reader->cursor_character--;
}

/* The byte of the source at a mark. */
static size_t mark_byte(struct reader *reader, yaml_mark_t mark)
{
	while (reader->cursor_character < mark.index &&
	       reader->cursor_byte < reader->end)
		cursor_forward(reader);
	while (reader->cursor_character > mark.index &&
	       reader->cursor_byte > reader->start)
		cursor_back(reader);
	return reader->cursor_byte;
}

/* Whether there is room for one more error. */
static bool may_report(struct reader *reader)
{
	return reader->errors++ < ERROR_LIMIT;
}

static void explain(struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	struct yaml_mistake mistake = {
		.source = reader->source,
		.start = reader->start,
		.end = reader->end,
		.is_settings = reader->is_settings,
		.reason = parser->problem == NULL ? "" : parser->problem,
		.doing = parser->context == NULL ? "" : parser->context,
	};

	if (parser->error == YAML_READER_ERROR) {
		mistake.problem = reader->start + parser->problem_offset;
		mistake.context = mistake.problem;
	} else {
		mistake.problem = mark_byte(reader, parser->problem_mark);
		mistake.context =
			parser->context == NULL
				? mistake.problem
				: mark_byte(reader, parser->context_mark);
	}
	reader->errors++;
	yaml_mistake_report(&mistake, reader->diags);
}

/* Moves to the next event. */
static bool next(struct reader *reader)
{
	yaml_event_delete(&reader->event);
	if (yaml_parser_parse(&reader->parser, &reader->event))
		return true;
	reader->event = (yaml_event_t){ 0 };
	explain(reader);
	return false;
}

/* Leaves one event behind and moves to the one after it. */
static bool skip(struct reader *reader)
{
	bool ok = next(reader);

	return ok && next(reader);
}

/* The span of the event, without the white space that may end it. */
static struct span event_span(struct reader *reader)
{
	size_t start = mark_byte(reader, reader->event.start_mark);
	size_t end = mark_byte(reader, reader->event.end_mark);
	str text = str_between(reader->source->text, start, end);

	while (text.len > 0 && strchr(" \t\r\n", text.data[text.len - 1]))
		text.len--;
	return span_of(reader->source, start, start + text.len);
}

static char byte_at(const struct reader *reader, size_t at)
{
	if (at >= reader->end)
		return '\0';
	return reader->source->text.data[at];
}

/* A value that begins at the span; in brackets it ends at a comma or bracket.
 */
static void help_quotes(struct reader *reader, struct span span,
			struct diag *diag)
{
	struct yaml_line line = yaml_line_at(reader->source, reader->start,
					     reader->end, span.start);
	str content = yaml_line_content(&line);
	str rest = str_from(reader->source->text, span.start);
	size_t len = 0;
	str whole;

	if (content.data == rest.data) {
		whole = yaml_line_quoted(&line, content, reader->diags->arena);
	} else {
		while (len < rest.len &&
		       str_find_byte(STR(",]}\n"), rest.data[len]) == STR_NONE)
			len++;
		whole = yaml_quoted(str_trim(str_between(rest, 0, len)),
				    reader->diags->arena);
	}
	if (whole.len > 0)
		diag_help(reader->diags, diag,
			  _("put the whole value in quotes: %.*s"),
			  STR_ARG(whole));
	else
		diag_help(reader->diags, diag,
			  _("put the whole value between two ' marks, and "
			    "write each ' inside it twice"));
}

static void refuse_tag(struct reader *reader, struct span span)
{
	if (may_report(reader))
		help_quotes(reader, span,
			    diag_error(reader->diags, span, "yaml-tag",
				       _("a value cannot begin with \"!\"")));
}

static void refuse_anchor(struct reader *reader, struct span span)
{
	if (may_report(reader))
		help_quotes(reader, span,
			    diag_error(reader->diags, span, "yaml-anchor",
				       _("a value cannot begin with \"&\"")));
}

static void refuse_alias(struct reader *reader, struct span span)
{
	if (may_report(reader))
		help_quotes(reader, span,
			    diag_error(reader->diags, span, "yaml-alias",
				       _("a value cannot begin with \"*\"")));
}

/*
 * Tags and anchors make a node begin with their own character, which no
 * scalar and no collection can do otherwise; `! text` has no tag in the event.
 */
static bool refuse_properties(struct reader *reader, struct span span)
{
	char first = byte_at(reader, span.start);

	if (first == '!')
		refuse_tag(reader, span);
	else if (first == '&')
		refuse_anchor(reader, span);
	return first == '!' || first == '&';
}

static bool is_null_text(str text)
{
	return text.len == 0 || str_equal(text, STR("~")) ||
	       str_equal(text, STR("null")) || str_equal(text, STR("Null")) ||
	       str_equal(text, STR("NULL"));
}

static void check_comment(struct reader *reader, const struct yaml_node *node)
{
	struct yaml_text text = { reader->source, reader->start, reader->end };

	if (reader->comments < COMMENT_LIMIT)
		reader->comments +=
			yaml_scalar_check_comment(&text, node, reader->diags);
}

static void read_scalar(struct reader *reader, struct yaml_node *out)
{
	struct yaml_text whole = { reader->source, reader->start, reader->end };
	bool is_plain =
		reader->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	str text = { (const char *)reader->event.data.scalar.value,
		     reader->event.data.scalar.length };

	*out = (struct yaml_node){
		.kind = YAML_SCALAR,
		.span = event_span(reader),
		.text = arena_copy(reader->arena, text),
		.is_plain = is_plain,
		.is_null = is_plain && is_null_text(text),
	};
	out->text =
		yaml_scalar_join(out->text,
				 str_between(reader->source->text,
					     out->span.start, out->span.end),
				 reader->arena);
	out->is_refused = refuse_properties(reader, out->span);
	if (reader->errors < ERROR_LIMIT &&
	    !yaml_scalar_check_text(&whole, out->span, out->text,
				    reader->diags)) {
		out->is_refused = true;
		reader->errors++;
	}
	check_comment(reader, out);
}

static bool read_node(struct reader *reader, struct yaml_node *out,
		      size_t depth);

/* The END event of a block stands at the text behind it. */
static void close_span(struct reader *reader, struct yaml_node *node,
		       bool is_block, uint32_t last_end)
{
	node->span.end =
		is_block ? last_end
			 : (uint32_t)mark_byte(reader, reader->event.end_mark);
	if (node->span.end < node->span.start)
		node->span.end = node->span.start;
	if (is_block)
		return;
	node->text = arena_copy(reader->arena,
				str_between(reader->source->text,
					    node->span.start, node->span.end));
	check_comment(reader, node);
}

static bool read_sequence(struct reader *reader, struct yaml_node *out,
			  size_t depth)
{
	bool is_block = reader->event.data.sequence_start.style !=
			YAML_FLOW_SEQUENCE_STYLE;
	uint32_t last_end;
	struct list items;

	list_init(&items, sizeof(struct yaml_node));
	*out = (struct yaml_node){ .kind = YAML_SEQUENCE,
				   .is_flow = !is_block,
				   .span = event_span(reader) };
	out->is_refused = refuse_properties(reader, out->span);
	last_end = out->span.end;
	if (!next(reader))
		return false;
	while (reader->event.type != YAML_SEQUENCE_END_EVENT) {
		struct yaml_node *item = list_add(&items, reader->arena);

		if (!read_node(reader, item, depth + 1))
			return false;
		last_end = item->span.end;
		if (!next(reader))
			return false;
	}
	close_span(reader, out, is_block, last_end);
	out->items = items.items;
	out->count = items.count;
	return true;
}

static void refuse_key(struct reader *reader, struct span span)
{
	struct diag *diag;

	if (!may_report(reader))
		return;
	diag = diag_error(reader->diags, span, "yaml-key",
			  _("a key must be a word"));
	diag_help(reader->diags, diag,
		  _("write the line as: title: …; text that begins with "
		    "\"[\", \"{\" or \"?\" needs quotes"));
}

static void refuse_duplicate(struct reader *reader,
			     const struct yaml_pair *pair,
			     const struct yaml_pair *first)
{
	struct diag *diag;

	if (!may_report(reader))
		return;
	diag = diag_error(reader->diags, pair->key_span, "yaml-duplicate",
			  _("\"%.*s\" stands here a second time"),
			  STR_ARG(unicode_prefix(pair->key, 60)));
	diag_help(
		reader->diags, diag,
		_("it already has a value in line %zu; keep one of the two"),
		source_place(reader->source->text, first->key_span.start).line);
}

/* The pairs of one mapping while it is read, and how to find a key in them. */
struct pairs {
	struct list list;
	struct map map; /* key: position + 1; used from MAP_FROM pairs on */
};

static size_t find_pair(const struct pairs *pairs, str key)
{
	const struct yaml_pair *items = pairs->list.items;

	if (pairs->map.count > 0)
		return (size_t)(uintptr_t)map_get(&pairs->map, key);
	for (size_t i = 0; i < pairs->list.count; i++)
		if (str_equal(items[i].key, key))
			return i + 1;
	return 0;
}

static void remember_pair(struct pairs *pairs, size_t number)
{
	const struct yaml_pair *items = pairs->list.items;
	size_t first = pairs->map.count > 0 ? number : 0;

	if (pairs->list.count < MAP_FROM)
		return;
	for (size_t i = first; i <= number; i++)
		map_add(&pairs->map, items[i].key, (void *)(uintptr_t)(i + 1));
}

static bool read_pair(struct reader *reader, struct pairs *pairs, size_t depth)
{
	struct yaml_pair pair = { 0 };
	struct yaml_node key;
	size_t first;

	if (!read_node(reader, &key, depth + 1) || !next(reader) ||
	    !read_node(reader, &pair.value, depth + 1))
		return false;
	pair.key = key.text;
	pair.key_span = key.span;
	if (key.is_refused)
		return true;
	if (key.kind != YAML_SCALAR || key.is_null || key.text.len == 0) {
		refuse_key(reader, key.span);
		return true;
	}
	if (reader->errors < ERROR_LIMIT &&
	    !yaml_scalar_check_key(&(struct yaml_text){ reader->source,
							reader->start,
							reader->end },
				   &key, reader->diags)) {
		reader->errors++;
		return true;
	}
	first = find_pair(pairs, pair.key);
	if (first > 0) {
		const struct yaml_pair *items = pairs->list.items;

		refuse_duplicate(reader, &pair, &items[first - 1]);
		return true;
	}
	*(struct yaml_pair *)list_add(&pairs->list, reader->arena) = pair;
	remember_pair(pairs, pairs->list.count - 1);
	return true;
}

static bool read_mapping(struct reader *reader, struct yaml_node *out,
			 size_t depth)
{
	bool is_block = reader->event.data.mapping_start.style !=
			YAML_FLOW_MAPPING_STYLE;
	struct pairs pairs;
	size_t errors = reader->errors;
	uint32_t last_end;

	list_init(&pairs.list, sizeof(struct yaml_pair));
	map_init(&pairs.map, reader->arena);
	*out = (struct yaml_node){ .kind = YAML_MAPPING,
				   .is_flow = !is_block,
				   .span = event_span(reader) };
	out->is_refused = refuse_properties(reader, out->span);
	if (!next(reader))
		return false;
	while (reader->event.type != YAML_MAPPING_END_EVENT) {
		if (!read_pair(reader, &pairs, depth))
			return false;
		if (!next(reader))
			return false;
	}
	/* a pair that was refused may leave it empty */
	out->is_refused |= reader->errors > errors && pairs.list.count == 0;
	out->pairs = pairs.list.items;
	out->count = pairs.list.count;
	last_end = out->count == 0 ? out->span.end
				   : out->pairs[out->count - 1].value.span.end;
	close_span(reader, out, is_block, last_end);
	return true;
}

static bool refuse_depth(struct reader *reader)
{
	struct diag *diag =
		diag_error(reader->diags, event_span(reader), "yaml-depth",
			   _("more than %d levels of lists inside lists"),
			   YAML_DEPTH_LIMIT);

	diag_help(reader->diags, diag, _("flatten this part"));
	reader->errors++;
	return false;
}

/* Reads the node that the event begins; its last event stays in work. */
static bool read_node(struct reader *reader, struct yaml_node *out,
		      size_t depth)
{
	switch (reader->event.type) {
	case YAML_SCALAR_EVENT:
		read_scalar(reader, out);
		return true;
	case YAML_SEQUENCE_START_EVENT:
		return depth < YAML_DEPTH_LIMIT
			       ? read_sequence(reader, out, depth)
			       : refuse_depth(reader);
	case YAML_MAPPING_START_EVENT:
		return depth < YAML_DEPTH_LIMIT
			       ? read_mapping(reader, out, depth)
			       : refuse_depth(reader);
	default: /* only an alias is left */
		assert(reader->event.type == YAML_ALIAS_EVENT);
		*out = (struct yaml_node){ .kind = YAML_SCALAR,
					   .span = event_span(reader),
					   .text = STR("*"),
					   .is_refused = true };
		refuse_alias(reader, out->span);
		return true;
	}
}

static void refuse_directive(struct reader *reader)
{
	struct diag *diag =
		diag_error(reader->diags, event_span(reader), "yaml-directive",
			   _("lines that begin with \"%%\" are not allowed"));

	diag_help(reader->diags, diag,
		  _("remove the line, or put the text in quotes"));
	reader->errors++;
}

static void refuse_no_mapping(struct reader *reader,
			      const struct yaml_node *node)
{
	struct yaml_mistake mistake = {
		.source = reader->source,
		.start = reader->start,
		.end = reader->end,
		.is_settings = reader->is_settings,
		.context = node->span.start,
		.problem = node->span.start,
		.reason = "no mapping",
		.doing = "",
	};

	reader->errors++;
	yaml_mistake_report(&mistake, reader->diags);
}

static void refuse_second_document(struct reader *reader)
{
	struct diag *diag =
		diag_error(reader->diags, event_span(reader), "yaml-documents",
			   _("there is a second YAML text in this place"));

	diag_help(
		reader->diags, diag,
		_("remove the line of \"---\" or \"...\" and join both parts"));
	reader->errors++;
}

/* From the start of the stream to its end. */
static bool read_stream(struct reader *reader, struct yaml_node *out)
{
	if (!skip(reader))
		return false;
	if (reader->event.type == YAML_STREAM_END_EVENT)
		return true;
	if (reader->event.data.document_start.version_directive != NULL ||
	    reader->event.data.document_start.tag_directives.start !=
		    reader->event.data.document_start.tag_directives.end)
		refuse_directive(reader);
	if (!next(reader) || !read_node(reader, out, 0))
		return false;
	if (out->kind != YAML_MAPPING &&
	    !(out->is_null && out->text.len == 0)) {
		refuse_no_mapping(reader, out);
		return false;
	}
	if (!skip(reader))
		return false;
	if (reader->event.type != YAML_STREAM_END_EVENT)
		refuse_second_document(reader);
	return reader->errors == 0;
}

static bool within_limit(const struct source *source, size_t start, size_t end,
			 size_t limit, struct diag_list *diags)
{
	struct diag *diag;

	if (end - start <= limit)
		return true;
	diag = diag_error(diags, span_of(source, start, start), "yaml-size",
			  _("this YAML text has %zu KiB; %zu KiB are allowed"),
			  (end - start + 1023) / 1024, limit / 1024);
	diag_help(diags, diag, _("move long text into the body of the page"));
	return false;
}

bool yaml_parse(struct yaml_node *out, const struct source *source,
		size_t start, size_t end, size_t limit, struct arena *arena,
		struct diag_list *diags)
{
	struct reader reader = { .source = source,
				 .start = start,
				 .end = end,
				 .cursor_byte = start,
				 .is_settings = limit == YAML_SETTINGS_LIMIT,
				 .arena = arena,
				 .diags = diags };
	bool ok = false;

	assert(start <= end && end <= source->text.len);
	*out = (struct yaml_node){ .kind = YAML_MAPPING,
				   .span = span_of(source, start, start) };
	if (!within_limit(source, start, end, limit, diags))
		return false;
	if (!yaml_parser_initialize(&reader.parser)) {
		diag_failure(diags, "yaml-memory", _("out of memory"));
		return false;
	}
	/* An encoding that is set keeps libyaml from dropping a BOM, which
	 * would shift all marks. */
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&reader.parser,
		(const unsigned char *)source->text.data + start, end - start);
	ok = read_stream(&reader, out);
	if (out->kind != YAML_MAPPING)
		*out = (struct yaml_node){ .kind = YAML_MAPPING,
					   .span = out->span };
	yaml_event_delete(&reader.event);
	yaml_parser_delete(&reader.parser);
	return ok;
}

const struct yaml_node *yaml_get(const struct yaml_node *mapping, str key)
{
	if (mapping->kind != YAML_MAPPING)
		return NULL;
	for (size_t i = 0; i < mapping->count; i++)
		if (str_equal(mapping->pairs[i].key, key))
			return &mapping->pairs[i].value;
	return NULL;
}

str yaml_text(const struct yaml_node *mapping, const char *key)
{
	const struct yaml_node *node = yaml_get(mapping, str_from_c(key));

	return node == NULL || node->kind != YAML_SCALAR ? (str){ "", 0 }
							 : node->text;
}
