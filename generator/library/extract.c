/*
 * The body is rendered as for its page, but with a resolver that looks at no
 * other file, and read off the HTML: so whatever Markdown and raw HTML become,
 * the extract is what people read. Rendering is linear and bounded
 * (markup/markdown_guard.h), and so is this.
 */
#include "library/extract.h"

#include "base/pack.h"
#include "base/unicode.h"
#include "library/body_anchors.h"
#include "library/resource_reader.h"
#include "library/stand_in.h"
#include "markup/html.h"
#include "markup/markdown_plain.h"
#include "markup/url_path.h"

static str cut(str text)
{
	size_t broken;

	if (text.len <= EXTRACT_LIMIT)
		return text;
	text.len = EXTRACT_LIMIT;
	broken = unicode_invalid_at(text);
	if (broken != STR_NONE)
		text.len = broken;
	return str_trim(text);
}

/* No address of ours looks so. */
#define LINK_MARK "#link-"

/* --- words ---------------------------------------------------------------- */

/* Joins the line that is being written, or begins one: then `gap` is '\n'. */
static void add_words(struct buf *out, str text, char gap)
{
	str word;

	if (out->len > EXTRACT_LIMIT)
		return;
	while (str_next_word(&text, &word)) {
		if (out->len > 0)
			buf_add_byte(out, gap);
		buf_add(out, word);
		gap = ' ';
	}
}

static void add_lines(struct buf *out, str text)
{
	str line;

	while (str_split_next(&text, '\n', &line))
		add_words(out, line, '\n');
}

/* --- fields --------------------------------------------------------------- */

static bool has_words(const struct field *field)
{
	return (field->kind == FIELD_TEXT || field->kind == FIELD_PARAGRAPHS ||
		field->kind == FIELD_TEXT_LIST ||
		field->kind == FIELD_CHOICE) &&
	       field->format != FORMAT_ID && field->format != FORMAT_SLUG;
}

/* One of the values of a record, or all of its list. */
static void add_value(struct buf *out, const struct field *field,
		      const struct yaml_node *value, char *gap)
{
	size_t before = out->len;

	if (value->kind == YAML_SEQUENCE)
		for (size_t i = 0; i < value->count; i++) {
			add_words(out, value->items[i].text, *gap);
			if (out->len > before)
				*gap = ' ';
		}
	else if (value->kind == YAML_SCALAR && !value->is_null)
		add_words(out,
			  field->kind == FIELD_CHOICE
				  ? field_choice_label(field, value->text)
				  : value->text,
			  *gap);
	if (out->len > before)
		*gap = ' ';
}

/* On one line; a text stands for the first field alone. */
static void add_record(struct buf *out, const struct field *rows,
		       const struct yaml_node *record)
{
	char gap = '\n';

	if (record->kind == YAML_SCALAR && !record->is_null)
		add_words(out, record->text, gap);
	for (; record->kind == YAML_MAPPING && rows->key != NULL; rows++) {
		const struct yaml_node *value =
			yaml_get(record, str_from_c(rows->key));

		if (value != NULL && has_words(rows))
			add_value(out, rows, value, &gap);
	}
}

static void add_field(struct buf *out, const struct field *field,
		      const struct field_value *value)
{
	if (value->node == NULL)
		return;
	switch (field->kind) {
	case FIELD_TEXT:
		add_words(out, value->text, '\n');
		return;
	case FIELD_PARAGRAPHS:
		add_lines(out, value->text);
		return;
	case FIELD_CHOICE:
		add_words(out, field_choice_label(field, value->text), '\n');
		return;
	case FIELD_TEXT_LIST:
		for (size_t i = 0; i < value->item_count; i++)
			add_lines(out, value->items[i]);
		return;
	case FIELD_RECORD:
		add_record(out, field->record, value->node);
		return;
	case FIELD_RECORDS:
		if (value->node->kind != YAML_SEQUENCE)
			add_record(out, field->record, value->node);
		else
			for (size_t i = 0; i < value->node->count; i++)
				add_record(out, field->record,
					   &value->node->items[i]);
		return;
	default: /* dates, numbers, addresses: no words */
		return;
	}
}

static str read_fields(const struct front_matter *matter, struct arena *arena)
{
	const struct resource_type *type = matter->type;
	const struct {
		const uint16_t *numbers;
		size_t count;
	} lists[] = {
		{ type->facts, type->fact_count },
		{ type->parts, type->part_count },
		{ type->searched, type->searched_count },
	};
	bool *done = arena_array(arena, type->field_count + 1, sizeof(*done));
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		for (size_t j = 0; j < lists[i].count; j++) {
			uint16_t number = lists[i].numbers[j];

			if (!done[number])
				add_field(&out, &type->fields[number],
					  &matter->values[number]);
			done[number] = true;
		}
	return cut(buf_str(&out));
}

/* --- files ---------------------------------------------------------------- */

struct files {
	struct buf names;
	struct map seen;
	struct list *links;	/* str: where the links of the body lead */
	struct files *pictures; /* what of the body is one; or NULL */
	struct arena *arena;
};

static void files_init(struct files *files, struct files *pictures,
		       struct arena *arena)
{
	files->arena = arena;
	files->pictures = pictures;
	files->links = NULL;
	buf_init(&files->names, arena);
	map_init(&files->seen, arena);
}

static void add_name(struct files *files, str name)
{
	struct buf line;

	buf_init(&line, files->arena);
	add_words(&line, name, ' ');
	if (line.len > 0 && map_add(&files->seen, buf_str(&line), files))
		add_words(&files->names, buf_str(&line), '\n');
}

/* A path of the library to a file that is no text. */
static void add_destination(struct files *files, str address)
{
	str path = str_between(address, 0, str_find_byte(address, '#'));
	str name;

	path = str_between(path, 0, str_find_byte(path, '?'));
	if (path.len == 0 || html_url_scheme(path, files->arena).len > 0)
		return;
	path = url_path_decode(path, files->arena);
	name = str_file_name(path);
	if (unicode_invalid_at(name) != STR_NONE ||
	    unicode_unsafe_at(name, 0) != STR_NONE ||
	    str_find_byte(name, '.') == STR_NONE ||
	    str_ends_with(name, STR(".md")) ||
	    str_ends_with(name, STR(".html")))
		return;
	add_name(files, name);
}

/* Pictures are apart: their descriptions are in the body. */
static bool take_destination(void *context, struct markdown_target *out,
			     str destination, bool is_image, struct span span,
			     struct diag_list *diags)
{
	struct files *files = context;

	(void)span;
	(void)diags;
	out->address = STR("#");
	if (is_image) {
		add_destination(files->pictures, destination);
		return true;
	}
	out->address = arena_printf(files->arena, LINK_MARK "%zu",
				    files->links->count);
	*(str *)list_add(files->links, files->arena) =
		arena_copy(files->arena, destination);
	add_destination(files, destination);
	return true;
}

/* --- links ---------------------------------------------------------------- */

/*
 * In the HTML each link has its number for an address, so that its text can be
 * read off beside where it leads.
 */
static void add_link(struct buf *out, const struct list *links, size_t number,
		     str html, struct arena *arena)
{
	const str *addresses = links->items;
	str word;
	str address = addresses[number];
	str text = markdown_plain_page(html, arena);

	if (out->len > EXTRACT_LIMIT)
		return;
	while (str_next_word(&address, &word))
		buf_add(out, word);
	buf_add_byte(out, '\t');
	for (bool is_first = true; str_next_word(&text, &word);
	     is_first = false) {
		if (!is_first)
			buf_add_byte(out, ' ');
		buf_add(out, word);
	}
	buf_add_byte(out, '\n');
}

static bool number_of(size_t *out, str *rest, size_t count)
{
	size_t at = 0;

	*out = 0;
	while (byte_is_digit(str_at(*rest, at)) && *out <= count)
		*out = *out * 10 + (size_t)(rest->data[at++] - '0');
	*rest = str_from(*rest, at);
	return at > 0 && *out < count;
}

static str read_links(const struct list *links, str html, struct arena *arena)
{
	const str head = STR(" href=\"" LINK_MARK);
	struct buf out;
	size_t at;

	buf_init(&out, arena);
	while ((at = str_find(html, head)) != STR_NONE) {
		size_t number, open, end;

		html = str_from(html, at + head.len);
		if (!number_of(&number, &html, links->count))
			continue;
		open = str_find_byte(html, '>');
		end = str_find(html, STR("</a>"));
		if (open != STR_NONE && end != STR_NONE && open < end)
			add_link(&out, links, number,
				 str_between(html, open + 1, end), arena);
	}
	return buf_str(&out);
}

bool extract_next_link(str *address, str *text, str *rest)
{
	str line;
	size_t tab;

	if (!str_split_next(rest, '\n', &line))
		return false;
	tab = str_find_byte(line, '\t');
	if (tab == STR_NONE)
		return false;
	*address = str_between(line, 0, tab);
	*text = str_from(line, tab + 1);
	return true;
}

/* Behind alt=" stands nothing else in HTML of ours: a text has &quot;. */
static void add_descriptions(struct files *pictures, str html)
{
	const str head = STR(" alt=\"");
	size_t at;

	while ((at = str_find(html, head)) != STR_NONE) {
		str rest = str_from(html, at + head.len);
		size_t end = str_find_byte(rest, '"');

		if (end == STR_NONE)
			return;
		add_name(pictures, str_between(rest, 0, end));
		html = str_from(rest, end);
	}
}

static void add_attachment(struct files *files, const struct yaml_node *node)
{
	const struct yaml_node *file = node;
	const struct yaml_node *title = NULL;

	if (node->kind == YAML_MAPPING) {
		file = yaml_get(node, STR("file"));
		title = yaml_get(node, STR("title"));
	}
	if (file != NULL && file->kind == YAML_SCALAR && !file->is_null)
		add_destination(files, file->text);
	if (title != NULL && title->kind == YAML_SCALAR && !title->is_null)
		add_name(files, title->text);
}

static void add_attachments(struct files *files,
			    const struct front_matter *matter)
{
	const struct yaml_node *node =
		front_matter_get(matter, MEANS_ATTACHMENTS)->node;

	if (node == NULL)
		return;
	if (node->kind != YAML_SEQUENCE)
		add_attachment(files, node);
	for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->count; i++)
		add_attachment(files, &node->items[i]);
}

/* --- all of it ------------------------------------------------------------ */

static bool write_body(struct markdown *out, struct files *files,
		       struct markdown_reading *reading,
		       struct diag_list *untold)
{
	struct markdown_options options = body_markdown_options();

	options.resolve = take_destination;
	options.context = files;
	options.quiet = true;
	return markdown_write(out, reading, &options, untold);
}

static struct extract no_extract(void)
{
	return (struct extract){ STR(""), STR(""), STR(""), STR(""), STR("") };
}

bool extract_of(struct extract *out, const struct front_matter *matter,
		struct markdown_reading *reading, struct arena *arena)
{
	struct files files, pictures;
	struct diag_list untold;
	struct markdown body;
	struct list links;

	*out = no_extract();
	diag_list_init(&untold, arena);
	files_init(&pictures, NULL, arena);
	files_init(&files, &pictures, arena);
	list_init(&links, sizeof(str));
	files.links = &links;
	if (!write_body(&body, &files, reading, &untold))
		return false;
	add_attachments(&files, matter);
	out->body = cut(markdown_plain_page(body.html, arena));
	out->fields = read_fields(matter, arena);
	out->files = cut(buf_str(&files.names));
	add_descriptions(&pictures, body.html);
	out->pictures = cut(buf_str(&pictures.names));
	out->links = read_links(&links, body.html, arena);
	return true;
}

bool extract_read(struct extract *out, const struct catalog *catalog,
		  struct snapshot_reader *reader, uint32_t number,
		  struct arena *arena)
{
	struct front_matter matter;
	struct markdown_reading body;
	struct diag_list untold;
	struct source source;
	bool ok;

	*out = no_extract();
	diag_list_init(&untold, arena);
	if (!resource_reader_matter(&matter, &source, catalog, reader,
				    catalog_file(catalog, number), arena,
				    &untold))
		return false;
	markdown_begin(&body, &source, matter.body_start, arena);
	ok = extract_of(out, &matter, &body, arena);
	markdown_end(&body);
	return ok;
}

struct digest extract_key(const struct catalog *catalog, uint32_t number)
{
	uint32_t file = catalog_file(catalog, number);
	const struct stand_in *earlier = catalog_stand_in(catalog, file);
	struct digest key = resource_reader_key(catalog, catalog->offset, file);

	if (earlier != NULL)
		digest_add_digest(&key, earlier->key);
	return key;
}

void extract_pack(struct buf *out, const struct extract *extract)
{
	pack_text(out, extract->body);
	pack_text(out, extract->fields);
	pack_text(out, extract->files);
	pack_text(out, extract->pictures);
	pack_text(out, extract->links);
}

bool extract_unpack(struct extract *out, str *rest)
{
	return unpack_text(&out->body, rest) &&
	       unpack_text(&out->fields, rest) &&
	       unpack_text(&out->files, rest) &&
	       unpack_text(&out->pictures, rest) &&
	       unpack_text(&out->links, rest);
}
