/*
 * YAML and JSON go to the parsers of markup/. TOML has none in Debian for C
 * that is worth a library, and front matter has only its simplest lines: a key,
 * and a text, number, date or list of these. A line that is more is a mistake.
 */
#include "import/foreign_record.h"

#include "base/diag.h"
#include "base/source.h"
#include "markup/json_records.h"
#include "markup/yaml.h"

enum { FRONT_LIMIT = 64 * 1024 };

void foreign_record_init(struct foreign_record *record, struct arena *arena)
{
	record->arena = arena;
	list_init(&record->pairs, sizeof(struct foreign_pair));
}

static struct foreign_pair *find(const struct foreign_record *record, str key)
{
	struct foreign_pair *pairs = record->pairs.items;

	for (size_t i = 0; i < record->pairs.count; i++)
		if (str_equal_ignoring_case(pairs[i].key, key))
			return &pairs[i];
	return NULL;
}

const struct foreign_pair *
foreign_record_find(const struct foreign_record *record, str key)
{
	return find(record, key);
}

void foreign_record_values(void *context, str key, struct list *values)
{
	const struct foreign_record *record = context;
	const struct foreign_pair *pair = foreign_record_find(record, key);
	const str *items;

	if (pair == NULL)
		return;
	items = pair->values.items;
	for (size_t i = 0; i < pair->values.count; i++)
		*(str *)list_add(values, record->arena) = items[i];
}

str foreign_record_first(const struct foreign_record *record, str key)
{
	const struct foreign_pair *pair = foreign_record_find(record, key);

	return pair == NULL || pair->values.count == 0
		       ? STR("")
		       : *(str *)pair->values.items;
}

void foreign_record_add(struct foreign_record *record, str key, str value)
{
	struct foreign_pair *pair = find(record, key);

	if (pair == NULL) {
		pair = list_add(&record->pairs, record->arena);
		pair->key = arena_copy(record->arena, key);
		list_init(&pair->values, sizeof(str));
	}
	*(str *)list_add(&pair->values, record->arena) =
		arena_copy(record->arena, value);
}

void foreign_record_take(void *record, str key, str value)
{
	foreign_record_add(record, key, value);
}

/* --- YAML ----------------------------------------------------------------- */

static void take_node(struct foreign_record *record, str key,
		      const struct yaml_node *node)
{
	if (node->kind == YAML_SCALAR) {
		if (!node->is_null)
			foreign_record_add(record, key, node->text);
	} else if (node->kind == YAML_SEQUENCE) {
		for (size_t i = 0; i < node->count; i++)
			take_node(record, key, &node->items[i]);
	} else {
		for (size_t i = 0; i < node->count; i++) {
			const struct yaml_pair *pair = &node->pairs[i];
			str name = key.len == 0
					   ? pair->key
					   : arena_printf(record->arena,
							  "%.*s.%.*s",
							  STR_ARG(key),
							  STR_ARG(pair->key));

			take_node(record, name, &pair->value);
		}
	}
}

static bool read_yaml(struct foreign_record *record, str text, str *why)
{
	struct source source = { .number = SOURCE_NONE, .text = text };
	struct yaml_node mapping;
	struct diag_list diags;
	const struct diag *first;
	bool ok;

	diag_list_init(&diags, record->arena);
	ok = yaml_parse(&mapping, &source, 0, text.len, FRONT_LIMIT,
			record->arena, &diags);
	if (ok)
		take_node(record, (str){ "", 0 }, &mapping);
	first = diags.items.items;
	if (!ok && diags.items.count > 0)
		*why = arena_printf(record->arena, "%zu: %.*s",
				    source_place(text, first->span.start).line +
					    1,
				    STR_ARG(first->message));
	return ok;
}

/* --- TOML: what stands in front matter ------------------------------------ */

/* One value off the front; quotation marks are taken away. */
static str toml_value(str *rest, struct arena *arena)
{
	struct buf out;
	char mark;
	size_t i;

	*rest = str_trim(*rest);
	mark = str_at(*rest, 0);
	if (mark != '"' && mark != '\'') {
		size_t end = 0;
		str value;

		while (end < rest->len && rest->data[end] != ',' &&
		       rest->data[end] != ']' && rest->data[end] != '#')
			end++;
		value = str_trim(str_between(*rest, 0, end));
		*rest = str_from(*rest, end);
		return value;
	}
	buf_init(&out, arena);
	for (i = 1; i < rest->len && rest->data[i] != mark; i++) {
		if (mark == '"' && rest->data[i] == '\\' && i + 1 < rest->len)
			i++;
		buf_add_byte(&out, rest->data[i]);
	}
	*rest = str_from(*rest, i + 1);
	return buf_str(&out);
}

static void toml_line(struct foreign_record *record, str table, str line)
{
	size_t equals = str_find_byte(line, '=');
	str key = str_trim(str_between(line, 0, equals));
	str rest = str_trim(str_from(line, equals + 1));

	if (key.len > 2 && key.data[0] == '"')
		key = str_between(key, 1, key.len - 1);
	if (table.len > 0)
		key = arena_printf(record->arena, "%.*s.%.*s", STR_ARG(table),
				   STR_ARG(key));
	if (str_at(rest, 0) != '[') {
		foreign_record_add(record, key,
				   toml_value(&rest, record->arena));
		return;
	}
	rest = str_from(rest, 1);
	while (rest.len > 0 && str_at(rest, 0) != ']') {
		str value = toml_value(&rest, record->arena);

		if (value.len > 0)
			foreign_record_add(record, key, value);
		rest = str_trim(rest);
		if (str_at(rest, 0) == ',')
			rest = str_from(rest, 1);
		else if (str_at(rest, 0) != ']')
			break;
	}
}

/* A list may go on for lines. */
static bool is_open_list(str line)
{
	size_t equals = str_find_byte(line, '=');
	str value = str_trim(
		str_from(line, equals == STR_NONE ? line.len : equals + 1));

	return str_at(value, 0) == '[' && str_find_byte(value, ']') == STR_NONE;
}

static bool read_toml(struct foreign_record *record, str text, str *why)
{
	str table = { "", 0 };
	str begun = { "", 0 };
	size_t number = 1;
	str line;

	while (str_split_next(&text, '\n', &line)) {
		number++;
		line = str_trim(line);
		if (begun.len > 0)
			line = arena_printf(record->arena, "%.*s %.*s",
					    STR_ARG(begun), STR_ARG(line));
		begun = (str){ "", 0 };
		if (line.len == 0 || line.data[0] == '#')
			continue;
		if (is_open_list(line) && line.len < FRONT_LIMIT) {
			begun = line;
		} else if (line.data[0] == '[' &&
			   str_ends_with(line, STR("]"))) {
			table = str_trim(str_between(line, 1, line.len - 1));
		} else if (str_find_byte(line, '=') == STR_NONE) {
			*why = arena_printf(record->arena, "%zu: %s", number,
					    _("not a line of TOML"));
			return false;
		} else {
			toml_line(record, table, line);
		}
	}
	return true;
}

/* --- JSON ----------------------------------------------------------------- */

static bool read_json(struct foreign_record *record, size_t *body, str text,
		      str *why)
{
	struct json_records records = { .text = text, .has_begun = true };
	enum json_record result = json_records_next(
		&records, foreign_record_take, record, why, record->arena);

	*body = records.at;
	return result == JSON_RECORD_READ;
}

/* --- which of them -------------------------------------------------------- */

/* The line that closes the block; STR_NONE: there is none. */
static size_t find_end(str text, str mark, size_t *behind)
{
	size_t at = mark.len;

	while (at < text.len) {
		size_t end = str_find_byte(str_from(text, at), '\n');
		str line;

		end = end == STR_NONE ? text.len : at + end;
		line = str_trim(str_between(text, at, end));
		if (str_equal(line, mark)) {
			*behind = end < text.len ? end + 1 : end;
			return at;
		}
		at = end + 1;
	}
	return STR_NONE;
}

bool foreign_record_read(struct foreign_record *record, size_t *body, str text,
			 str *why)
{
	bool is_toml = str_starts_with(text, STR("+++\n"));
	str mark = is_toml ? STR("+++") : STR("---");
	size_t end;
	str block;

	*body = 0;
	if (str_starts_with(text, STR("{\n")) ||
	    str_starts_with(text, STR("{\"")))
		return read_json(record, body, text, why);
	if (!is_toml && !str_starts_with(text, STR("---\n")))
		return true;
	end = find_end(text, mark, body);
	if (end == STR_NONE || end > FRONT_LIMIT) {
		*why = str_from_c(_("front matter that is not closed"));
		return false;
	}
	block = str_between(text, mark.len + 1, end);
	return is_toml ? read_toml(record, block, why)
		       : read_yaml(record, block, why);
}
