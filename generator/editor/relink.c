/*
 * The links of a body are those that Markdown's own parser finds; it says where
 * each stands, but an address may be the text of its link too, or stand in a
 * definition elsewhere ("[表]: ../a.md"). So the place is looked for by the
 * signs around it, and the proof is a second reading: its links must be those
 * of the first, changed.
 */
#include "editor/relink.h"

#include "editor/text_edit.h"
#include "library/front_matter.h"
#include "markup/markdown.h"
#include "markup/url_path.h"

struct found {
	str written; /* as the parser gives it */
	struct span span;
};

struct relinking {
	const struct relink *relink;
	struct arena *arena;
	struct diag_list *diags;
	struct list edits; /* struct text_edit */
	size_t body;
};

/* --- which links there are ------------------------------------------------ */

struct collecting {
	struct list found; /* struct found */
	struct arena *arena;
};

static bool collect(void *context, struct markdown_target *out, str destination,
		    bool is_image, struct span span, struct diag_list *diags)
{
	struct collecting *collecting = context;

	(void)out;
	(void)is_image;
	(void)diags;
	*(struct found *)list_add(&collecting->found, collecting->arena) =
		(struct found){ arena_copy(collecting->arena, destination),
				span };
	return true;
}

/* False: the text has no page, and so no links. */
static bool collect_links(struct list *out, const struct source *source,
			  size_t body, struct arena *arena)
{
	struct collecting collecting = { .arena = arena };
	const struct markdown_options options = {
		.resolve = collect,
		.context = &collecting,
		.raw_html = true,
		.quiet = true,
	};
	struct diag_list unsaid; /* a check says it */
	struct markdown rendered;
	bool ok;

	list_init(&collecting.found, sizeof(struct found));
	diag_list_init(&unsaid, arena);
	ok = markdown_render(&rendered, source, body, &options, arena, &unsaid);
	*out = collecting.found;
	return ok;
}

/* --- what an address should be -------------------------------------------- */

static bool is_path(str address)
{
	return address.len > 0 && strchr("#?/", address.data[0]) == NULL &&
	       str_find(str_between(address, 0, str_find_byte(address, '/')),
			STR(":")) == STR_NONE;
}

static bool needs_encoding(str path)
{
	for (size_t i = 0; i < path.len; i++)
		if (strchr(" ()<>%#?\"'\\[]*_&`", path.data[i]) != NULL)
			return path.data[i] != '_';
	return false;
}

/* The address as it should be written, or the same one. */
static str changed(const struct relinking *relinking, str written)
{
	struct arena *arena = relinking->arena;
	size_t hash = str_find_byte(written, '#');
	str path = str_between(written, 0, hash);
	struct buf out;
	str wanted;

	if (!is_path(written) ||
	    !relinking->relink->change(relinking->relink->context,
				       url_path_decode(path, arena), &wanted,
				       arena))
		return written;
	buf_init(&out, arena);
	if (needs_encoding(wanted) || str_find_byte(path, '%') != STR_NONE)
		url_path_encode(&out, wanted);
	else
		buf_add(&out, wanted);
	buf_add(&out, str_from(written, hash));
	return buf_str(&out);
}

/* --- where it stands ------------------------------------------------------ */

static bool is_between_signs(str text, size_t at, size_t len)
{
	char before = str_at(text, at - 1);
	char behind = str_at(text, at + len);

	return before != '\0' && strchr("(<\"'= ", before) != NULL &&
	       (behind == '\0' || strchr(")>\"' \n", behind) != NULL) &&
	       (before != ' ' || (at > 1 && text.data[at - 2] == '('));
}

static size_t find_from(str text, str wanted, size_t from, size_t limit)
{
	size_t at = str_find(str_between(text, from, limit), wanted);

	return at == STR_NONE ? STR_NONE : from + at;
}

/*
 * The parser gives the first place in the link that reads like the address: it
 * is that, or the text before it. Or it gives the link, which then has its
 * address elsewhere.
 */
static size_t find_near(str text, const struct found *found)
{
	size_t limit = find_from(text, STR("\n\n"), found->span.end, text.len);
	size_t at = found->span.start;

	if (!str_equal(str_between(text, at, found->span.end), found->written))
		return STR_NONE;
	for (;;) {
		at = find_from(text, found->written, at, limit);
		if (at == STR_NONE ||
		    is_between_signs(text, at, found->written.len))
			return at;
		at++;
	}
}

/* "[label]: address" on a line of its own; STR_NONE unless there is one. */
static size_t find_definition(str text, size_t body, str written)
{
	size_t place = STR_NONE;
	size_t at = body;

	while (at < text.len) {
		size_t end = find_from(text, STR("\n"), at, text.len);
		str line = str_between(text, at, end);
		size_t colon = str_find(line, STR("]:"));
		size_t here = str_find(line, written);

		if (str_at(str_trim(line), 0) == '[' && colon != STR_NONE &&
		    here != STR_NONE && here > colon) {
			if (place != STR_NONE)
				return STR_NONE;
			place = at + here;
		}
		at = end == STR_NONE ? text.len : end + 1;
	}
	return place;
}

static bool refuse(struct relinking *relinking, struct span span, str written,
		   str wanted)
{
	diag_help(relinking->diags,
		  diag_error(relinking->diags, span, "move",
			     _("the link “%.*s” leads to what is moved, and "
			       "cannot be corrected here"),
			     STR_ARG(written)),
		  _("write it as [text](%.*s), or as an id: "
		    "[text](id:…)"),
		  STR_ARG(wanted));
	return false;
}

static bool edit_link(struct relinking *relinking, const struct found *found,
		      str wanted)
{
	str text = relinking->relink->source.text;
	size_t at = found->span.source == SOURCE_NONE ? STR_NONE
						      : find_near(text, found);

	if (at == STR_NONE)
		at = find_definition(text, relinking->body, found->written);
	if (at == STR_NONE)
		return refuse(relinking, found->span, found->written, wanted);
	*(struct text_edit *)list_add(&relinking->edits, relinking->arena) =
		(struct text_edit){ at, at + found->written.len, wanted };
	return true;
}

static bool edit_links(struct relinking *relinking, const struct list *links)
{
	const struct found *items = links->items;

	for (size_t i = 0; i < links->count; i++) {
		str wanted = changed(relinking, items[i].written);

		if (!str_equal(wanted, items[i].written) &&
		    !edit_link(relinking, &items[i], wanted))
			return false;
	}
	return true;
}

/* --- front matter --------------------------------------------------------- */

static void edit_value(struct relinking *relinking,
		       const struct yaml_node *node)
{
	str text = relinking->relink->source.text;
	str written = str_between(text, node->span.start, node->span.end);
	str wanted = changed(relinking, node->text);
	size_t at = str_find(written, node->text);

	if (node->text.len > 0 && !str_equal(wanted, node->text) &&
	    at != STR_NONE)
		*(struct text_edit *)list_add(&relinking->edits,
					      relinking->arena) =
			(struct text_edit){ node->span.start + at,
					    node->span.start + at +
						    node->text.len,
					    wanted };
}

static void edit_values(struct relinking *relinking,
			const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR)
		edit_value(relinking, node);
	for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->count; i++)
		edit_values(relinking, &node->items[i]);
	for (size_t i = 0; node->kind == YAML_MAPPING && i < node->count; i++)
		edit_values(relinking, &node->pairs[i].value);
}

static bool read_front_matter(struct yaml_node *out,
			      const struct source *source, size_t *end,
			      size_t *body, struct arena *arena,
			      struct diag_list *diags)
{
	size_t start;

	return front_matter_find(&start, end, body, source, diags) &&
	       yaml_parse(out, source, start, *end, YAML_FRONT_MATTER_LIMIT,
			  arena, diags);
}

/* --- the proof ------------------------------------------------------------ */

static bool has_links(struct relinking *relinking, str text,
		      const struct list *links)
{
	const struct found *items = links->items;
	const struct found *others;
	struct source source = relinking->relink->source;
	struct diag_list unsaid;
	struct yaml_node mapping;
	struct list now;
	size_t end, body;

	diag_list_init(&unsaid, relinking->arena);
	source.text = text;
	if (!read_front_matter(&mapping, &source, &end, &body, relinking->arena,
			       &unsaid) ||
	    !collect_links(&now, &source, body, relinking->arena) ||
	    now.count != links->count)
		return false;
	others = now.items;
	for (size_t i = 0; i < now.count; i++)
		if (!str_equal(others[i].written,
			       changed(relinking, items[i].written)))
			return false;
	return true;
}

bool relink_file(str *out, const struct relink *relink, struct arena *arena,
		 struct diag_list *diags)
{
	struct relinking relinking = { .relink = relink,
				       .arena = arena,
				       .diags = diags };
	struct diag_list unsaid;
	struct yaml_node mapping;
	struct list links;
	size_t end;

	*out = relink->bytes;
	diag_list_init(&unsaid, arena);
	list_init(&relinking.edits, sizeof(struct text_edit));
	if (!read_front_matter(&mapping, &relink->source, &end, &relinking.body,
			       arena, &unsaid) ||
	    !collect_links(&links, &relink->source, relinking.body, arena))
		return true;
	edit_values(&relinking, &mapping);
	if (!edit_links(&relinking, &links))
		return false;
	if (relinking.edits.count == 0)
		return true;
	text_edits_sort(&relinking.edits);
	if (!has_links(&relinking,
		       text_edits_apply(relink->source.text, &relinking.edits,
					arena),
		       &links))
		return refuse(&relinking, span_of(&relink->source, 0, 0),
			      relink->source.path, STR("…"));
	*out = text_edits_apply(relink->bytes, &relinking.edits, arena);
	return true;
}

/* --- one more field ------------------------------------------------------- */

/* Behind the last value of a list, or of a text that becomes one. */
static bool add_value(struct text_edit *out, const struct source *source,
		      const struct yaml_node *node, str value,
		      struct arena *arena)
{
	str text = str_between(source->text, node->span.start, node->span.end);
	size_t line = node->span.start;

	if (node->kind == YAML_SEQUENCE && node->is_flow) {
		out->start = out->end = node->span.end - 1;
		out->text = arena_printf(arena, "%s%.*s",
					 node->count > 0 ? ", " : "",
					 STR_ARG(value));
		return true;
	}
	if (node->kind == YAML_SCALAR && !node->is_null) {
		*out = (struct text_edit){ node->span.start, node->span.end,
					   arena_printf(arena, "[%.*s, %.*s]",
							STR_ARG(text),
							STR_ARG(value)) };
		return str_find_byte(text, '\n') == STR_NONE;
	}
	if (node->kind != YAML_SEQUENCE || node->count == 0)
		return false;
	while (line > 0 && source->text.data[line - 1] != '\n')
		line--;
	out->start = out->end = node->span.end;
	out->text = arena_printf(arena, "\n%.*s- %.*s",
				 (int)(node->span.start - line),
				 source->text.data + line, STR_ARG(value));
	return str_is_blank(str_between(source->text, line, node->span.start));
}

bool relink_add_field(str *out, const struct source *source, str bytes, str key,
		      str value, bool is_list, struct arena *arena,
		      struct diag_list *diags)
{
	const struct yaml_node *node;
	struct yaml_node mapping;
	struct text_edit edit;
	struct list edits;
	size_t end, body;

	if (!read_front_matter(&mapping, source, &end, &body, arena, diags))
		return false;
	node = yaml_get(&mapping, key);
	if (node == NULL) {
		edit = (struct text_edit){
			end, end,
			arena_printf(arena, "%.*s: %s%.*s%s\n", STR_ARG(key),
				     is_list ? "[" : "", STR_ARG(value),
				     is_list ? "]" : "")
		};
	} else if (!is_list || !add_value(&edit, source, node, value, arena)) {
		diag_error(diags, node->span, "move",
			   _("“%.*s” has a value here already, and is not "
			     "changed"),
			   STR_ARG(key));
		return false;
	}
	list_init(&edits, sizeof(struct text_edit));
	*(struct text_edit *)list_add(&edits, arena) = edit;
	*out = text_edits_apply(bytes, &edits, arena);
	return true;
}
