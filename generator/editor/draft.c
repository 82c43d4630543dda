#include "editor/draft.h"

#include "base/diag.h"
#include "markup/yaml.h"

enum { CHOICES_SHOWN = 8 };

bool draft_has_key(str yaml, str key)
{
	str line;

	while (str_split_next(&yaml, '\n', &line))
		if (str_starts_with(line, key) && line.len > key.len &&
		    line.data[key.len] == ':')
			return true;
	return false;
}

static bool is_asked(const struct draft *draft, const struct field *field)
{
	static const char *const written[] = { "title", "type", "date",
					       "status" };

	for (size_t i = 0; i < COUNT_OF(written); i++)
		if (strcmp(field->key, written[i]) == 0)
			return false;
	return field->required &&
	       !draft_has_key(draft->inherited, str_from_c(field->key));
}

/* In a comment of YAML, so on one line. */
static void add_choices(struct buf *out, const struct field *field)
{
	buf_add_c(out, _("; one of: "));
	for (size_t i = 0; field->choices[i] != NULL; i++) {
		if (i == CHOICES_SHOWN) {
			buf_add_c(out, ", …");
			return;
		}
		if (i > 0)
			buf_add_c(out, ", ");
		buf_add_c(out, field->choices[i]);
	}
}

/* A comment behind a value would be taken for a part of it that is lost. */
static void add_field(struct buf *out, const struct field *field)
{
	buf_printf(out, "# %s", field->label);
	if (field->choices != NULL)
		add_choices(out, field);
	else if (field->example != NULL && strchr(field->example, '\n') == NULL)
		buf_printf(out, _("; for example: %s"), field->example);
	buf_printf(out, "\n%s:\n", field->key);
}

static str written(str value, struct arena *arena)
{
	str text = yaml_written(value, arena);

	return str_equal(text, STR("…")) ? yaml_quoted(value, arena) : text;
}

void draft_write(struct buf *out, const struct draft *draft,
		 struct arena *arena)
{
	buf_printf(out, "---\ntitle: %.*s\ntype: %s\ndate: ",
		   STR_ARG(written(draft->title, arena)), draft->type->name);
	moment_format(out, draft->date, STR("%Y-%m-%d %H:%M"));
	buf_add_byte(out, '\n');
	for (size_t i = 0; i < draft->type->field_count; i++)
		if (is_asked(draft, &draft->type->fields[i]))
			add_field(out, &draft->type->fields[i]);
	buf_printf(out, "# %s\nstatus: draft\n---\n\n",
		   _("take the next line out when the text is ready"));
}
