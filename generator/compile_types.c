/*
 * A program that the Makefile runs: it reads library/types/ as jiyue itself
 * would, and writes what comes of it as tables in C (builtin_type_files of
 * library/schema.h). Reading YAML is most of what jiyue would do at each
 * start. A mistake in one of the files ends the Makefile with its message.
 *
 * A node of YAML becomes an array of what stands in it, written before it:
 *
 *	static const struct yaml_node items_1[] = { { … }, { … } };
 *	static const struct yaml_pair pairs_2[] = { { "facts", …, items_1 } };
 */
#include <stdio.h>
#include <stdlib.h>

#include "library/schema.h"

struct writer {
	struct buf *out;
	size_t count; /* of arrays */
};

/* Octal, three digits each: whatever follows is not taken for a part of it. */
static void add_text(struct buf *out, str text)
{
	buf_add_c(out, "{ \"");
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.data[i];

		if (byte < ' ' || byte >= 0x7f || byte == '"' || byte == '\\' ||
		    byte == '?')
			buf_printf(out, "\\%03o", byte);
		else
			buf_add_byte(out, text.data[i]);
	}
	buf_printf(out, "\", %zu }", text.len);
}

static void add_span(struct buf *out, struct span span)
{
	buf_printf(out, ", { %uu, %uu, %uu }", (unsigned)span.source,
		   (unsigned)span.start, (unsigned)span.end);
}

static size_t write_array(struct writer *writer, const struct yaml_node *node);

/* The number of the array of its items or pairs; 0: it has none. */
static size_t write_below(struct writer *writer, const struct yaml_node *node)
{
	return node->count == 0 ? 0 : write_array(writer, node);
}

static void add_node(struct buf *out, const struct yaml_node *node,
		     size_t below)
{
	buf_printf(out, "{ %d", (int)node->kind);
	add_span(out, node->span);
	buf_add_c(out, ", ");
	add_text(out, node->text);
	buf_printf(out, ", %d, %d, %d, %d, %zu, ", node->is_plain,
		   node->is_null, node->is_flow, node->is_refused, node->count);
	if (node->count == 0)
		buf_add_c(out, "0, 0 }");
	else if (node->kind == YAML_MAPPING)
		buf_printf(out, "0, below_%zu }", below);
	else
		buf_printf(out, "below_%zu, 0 }", below);
}

static const struct yaml_node *value_at(const struct yaml_node *node,
					size_t number)
{
	return node->kind == YAML_MAPPING ? &node->pairs[number].value
					  : &node->items[number];
}

static void add_pair_head(struct buf *out, const struct yaml_pair *pair)
{
	buf_add_c(out, "{ ");
	add_text(out, pair->key);
	add_span(out, pair->key_span);
	buf_add_c(out, ", ");
}

/* What its values have below them stands before it. */
static size_t write_array(struct writer *writer, const struct yaml_node *node)
{
	bool is_mapping = node->kind == YAML_MAPPING;
	struct buf *out = writer->out;
	size_t *below = calloc(node->count, sizeof(*below));
	size_t number;

	if (below == NULL)
		abort();
	for (size_t i = 0; i < node->count; i++)
		below[i] = write_below(writer, value_at(node, i));
	number = ++writer->count;
	buf_printf(out, "static const struct yaml_%s below_%zu[] = {\n",
		   is_mapping ? "pair" : "node", number);
	for (size_t i = 0; i < node->count; i++) {
		buf_add_byte(out, '\t');
		if (is_mapping)
			add_pair_head(out, &node->pairs[i]);
		add_node(out, value_at(node, i), below[i]);
		buf_add_c(out, is_mapping ? " },\n" : ",\n");
	}
	buf_add_c(out, "};\n");
	free(below);
	return number;
}

/* --- files --- */

struct part {
	const char *name; /* of the member */
	const struct yaml_node *node;
};

enum { PART_COUNT_OF_FILE = 8 };

static void list_parts(struct part parts[PART_COUNT_OF_FILE],
		       const struct type_file *file)
{
	const struct part all[PART_COUNT_OF_FILE] = {
		{ "facts", file->facts },	{ "parts", file->parts },
		{ "searched", file->searched }, { "listed", file->listed },
		{ "fields", file->fields },	{ "needs", file->needs },
		{ "excludes", file->excludes }, { "orders", file->orders },
	};

	memcpy(parts, all, sizeof(all));
}

/* A part is a node of its own: an array of one. */
static void write_parts(struct writer *writer, const struct type_file *file,
			size_t number)
{
	struct part parts[PART_COUNT_OF_FILE];

	list_parts(parts, file);
	for (size_t i = 0; i < PART_COUNT_OF_FILE; i++) {
		size_t below;

		if (parts[i].node == NULL)
			continue;
		below = write_below(writer, parts[i].node);
		buf_printf(writer->out,
			   "static const struct yaml_node %s_%zu = ",
			   parts[i].name, number);
		add_node(writer->out, parts[i].node, below);
		buf_add_c(writer->out, ";\n");
	}
}

static void add_text_member(struct buf *out, const char *name, str text)
{
	if (text.len == 0)
		return;
	buf_printf(out, "\t\t.%s = ", name);
	add_text(out, text);
	buf_add_c(out, ",\n");
}

static void add_span_member(struct buf *out, const char *name, struct span span)
{
	buf_printf(out, "\t\t.%s = { %uu, %uu, %uu },\n", name,
		   (unsigned)span.source, (unsigned)span.start,
		   (unsigned)span.end);
}

static void write_row(struct buf *out, const struct type_file *file,
		      size_t number)
{
	struct part parts[PART_COUNT_OF_FILE];

	list_parts(parts, file);
	buf_add_c(out, "\t{\n");
	add_text_member(out, "name", file->name);
	add_text_member(out, "label", file->label);
	add_text_member(out, "template_name", file->template_name);
	add_span_member(out, "template_span", file->template_span);
	add_text_member(out, "layout", file->layout);
	add_span_member(out, "layout_span", file->layout_span);
	add_text_member(out, "like", file->like);
	add_span_member(out, "like_span", file->like_span);
	add_span_member(out, "head", file->head);
	buf_printf(out, "\t\t.found_everywhere = %d,\n",
		   file->found_everywhere);
	buf_printf(out, "\t\t.needs_text = %d,\n", file->needs_text);
	for (size_t i = 0; i < PART_COUNT_OF_FILE; i++)
		if (parts[i].node != NULL)
			buf_printf(out, "\t\t.%s = &%s_%zu,\n", parts[i].name,
				   parts[i].name, number);
	buf_add_c(out, "\t},\n");
}

static void write_files(struct buf *out, const struct type_file *files)
{
	struct writer writer = { .out = out };

	buf_add_c(out, "#include \"library/schema.h\"\n\n");
	for (size_t i = 0; files[i].name.len > 0; i++)
		write_parts(&writer, &files[i], i);
	buf_add_c(out, "const struct type_file builtin_type_files[] = {\n");
	for (size_t i = 0; files[i].name.len > 0; i++)
		write_row(out, &files[i], i);
	buf_add_c(out, "\t{ .is_broken = 0 },\n};\n");
}

/* --- messages --- */

static bool read_source(void *context, uint32_t number, struct source *out,
			struct arena *arena)
{
	(void)context;
	return schema_builtin_source(out, number, arena);
}

static bool is_meant(const struct schema *schema, enum field_meaning meaning)
{
	for (size_t i = 0; i < schema->type_count; i++)
		if (schema->types[i].meanings[meaning] != FIELD_NONE)
			return true;
	return false;
}

/* C that asks for a field which no type has would be silent for ever. */
static bool check_meanings(const struct schema *schema, struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = MEANS_NOTHING + 1; i < FIELD_MEANING_COUNT; i++) {
		if (is_meant(schema, (enum field_meaning)i))
			continue;
		diag_error(diags, span_none(), "type-needed",
			   "no type of the program has a field that means “%s”",
			   field_meanings[i]);
		ok = false;
	}
	return ok;
}

/* Also whether types can be made of the files. */
static bool compile(struct buf *out, struct diag_list *diags)
{
	struct schema_sources sources = { 0 };
	struct type_file *files;
	struct schema schema;

	if (!schema_read_builtin(&files, builtin_types, out->arena, diags))
		return false;
	sources.builtin = files;
	if (!schema_read(&schema, &sources, out->arena, diags) ||
	    !check_meanings(&schema, diags) || diag_total(diags) > 0)
		return false;
	write_files(out, files);
	return true;
}

int main(void)
{
	const struct source_reader reader = { .read = read_source };
	struct diag_list diags;
	struct arena arena;
	struct buf out;
	bool ok;

	arena_init(&arena);
	diag_list_init(&diags, &arena);
	buf_init(&out, &arena);
	ok = compile(&out, &diags);
	if (!ok) {
		buf_init(&out, &arena);
		diag_resolve(&diags, &reader);
		diag_sort(&diags);
		diag_print(&out, &diags, &reader);
	}
	ok &= fwrite(out.data, 1, out.len, ok ? stdout : stderr) == out.len &&
	      fflush(stdout) == 0;
	arena_release(&arena);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
