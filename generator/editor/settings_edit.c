#include "editor/settings_edit.h"

#include "editor/text_edit.h"
#include "markup/yaml.h"

static bool parse(struct yaml_node *out, const struct source *source,
		  struct arena *arena)
{
	struct diag_list unsaid; /* a check says it */

	diag_list_init(&unsaid, arena);
	return yaml_parse(out, source, 0, source->text.len, YAML_SETTINGS_LIMIT,
			  arena, &unsaid);
}

static void add_edit(struct list *edits, size_t start, size_t end, str text,
		     struct arena *arena)
{
	*(struct text_edit *)list_add(edits, arena) =
		(struct text_edit){ start, end, text };
}

/* "{id: yw, …}" gets it behind a comma, "- id: yw" on a line of its own. */
static void edit_column(struct list *edits, str text, const struct span *id,
			str date, struct arena *arena)
{
	size_t line = str_find_last_byte(str_between(text, 0, id->start), '\n');
	size_t start = line == STR_NONE ? 0 : line + 1;
	str before = str_between(text, start, id->start);
	size_t key = str_find(before, STR("id"));
	char behind = str_at(text, id->end);
	size_t rest = str_find_byte(str_from(text, id->end), '\n');
	size_t end = rest == STR_NONE ? text.len : id->end + rest;

	if (behind == ',' || behind == '}')
		add_edit(edits, id->end, id->end,
			 arena_printf(arena, ", archived_on: %.*s",
				      STR_ARG(date)),
			 arena);
	else if (key != STR_NONE)
		add_edit(edits, end, end,
			 arena_printf(arena, "\n%*sarchived_on: %.*s", (int)key,
				      "", STR_ARG(date)),
			 arena);
}

static void edit_site(struct list *edits, str text,
		      const struct yaml_node *root, str date,
		      struct arena *arena)
{
	const struct yaml_node *state = yaml_get(root, STR("state"));
	const char *line_break =
		text.len > 0 && text.data[text.len - 1] != '\n' ? "\n" : "";

	if (state != NULL)
		add_edit(edits, state->span.start, state->span.end,
			 STR("archived"), arena);
	add_edit(edits, text.len, text.len,
		 arena_printf(arena, "%s%sarchived_on: %.*s\n", line_break,
			      state == NULL ? "state: archived\n" : "",
			      STR_ARG(date)),
		 arena);
}

/* The mapping that has this id, anywhere below the node. */
static const struct yaml_node *owner_of(const struct yaml_node *node,
					const char *key, str value)
{
	const struct yaml_node *found = NULL;

	if (node->kind == YAML_MAPPING &&
	    str_equal(yaml_text(node, key), value) && value.len > 0)
		return node;
	for (size_t i = 0;
	     node->kind == YAML_SEQUENCE && found == NULL && i < node->count;
	     i++)
		found = owner_of(&node->items[i], key, value);
	for (size_t i = 0;
	     node->kind == YAML_MAPPING && found == NULL && i < node->count;
	     i++)
		found = owner_of(&node->pairs[i].value, key, value);
	return found;
}

static size_t count_dates(const struct yaml_node *node, str date)
{
	size_t count = 0;

	for (size_t i = 0; node->kind == YAML_SEQUENCE && i < node->count; i++)
		count += count_dates(&node->items[i], date);
	for (size_t i = 0; node->kind == YAML_MAPPING && i < node->count; i++)
		count += (str_equal_c(node->pairs[i].key, "archived_on") &&
			  str_equal(node->pairs[i].value.text, date)) +
			 count_dates(&node->pairs[i].value, date);
	return count;
}

bool settings_edit_archive(str *out, const struct source *source, str bytes,
			   const struct span *column_id, str date,
			   struct arena *arena)
{
	struct source after = *source;
	const struct yaml_node *owner;
	struct yaml_node root, now;
	struct list edits;
	str id;

	list_init(&edits, sizeof(struct text_edit));
	if (!parse(&root, source, arena))
		return false;
	owner = &root;
	if (column_id != NULL) {
		id = str_between(source->text, column_id->start,
				 column_id->end);
		if (id.len > 1 && (id.data[0] == '"' || id.data[0] == '\''))
			id = str_between(id, 1, id.len - 1);
		owner = owner_of(&root, "id", id);
	}
	if (owner == NULL || yaml_get(owner, STR("archived_on")) != NULL)
		return false;
	if (column_id != NULL)
		edit_column(&edits, source->text, column_id, date, arena);
	else
		edit_site(&edits, source->text, &root, date, arena);
	after.text = text_edits_apply(source->text, &edits, arena);
	*out = text_edits_apply(bytes, &edits, arena);
	return edits.count > 0 && parse(&now, &after, arena) &&
	       count_dates(&now, date) == count_dates(&root, date) + 1;
}
