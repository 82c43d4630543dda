#include "site/traditional.h"

#include "base/buf.h"
#include "base/unicode.h"

static const struct setting traditional_rows[] = {
	{ "<character>", SETTING_TEXT, 0, NULL, NULL,
	  N_("the key is a simplified character, the text the traditional ones "
	     "that readers type for it: 台: 臺颱檯") },
};

const struct setting_table traditional_settings[] = {
	{ N_("sites/vocabulary/traditional.yaml: traditional characters that "
	     "the search takes for simplified ones"),
	  traditional_rows, COUNT_OF(traditional_rows) },
	{ 0 },
};

struct table_reader {
	struct buf pairs;
	struct map seen; /* traditional characters */
	struct diag_list *diags;
};

void traditional_init(struct traditional *traditional)
{
	*traditional = (struct traditional){ 0 };
}

static bool refuse(const struct table_reader *reader, struct span span,
		   const char *what)
{
	diag_help(reader->diags,
		  diag_error(reader->diags, span, "traditional-table", "%s",
			     what),
		  _("write one character and those that are typed for it: "
		    "台: 臺颱檯"));
	return false;
}

/* The first character; none of ASCII, which is not typed for another. */
static str take_character(str *rest)
{
	size_t length = 0;
	str taken;

	unicode_next(*rest, &length);
	taken = str_between(*rest, 0, length);
	*rest = str_from(*rest, length);
	return length > 1 ? taken : STR("");
}

static bool read_pair(struct table_reader *reader, const struct yaml_pair *pair)
{
	str rest = pair->value.text;

	if (unicode_count(pair->key) != 1 || pair->key.len < 2)
		return refuse(reader, pair->key_span,
			      _("one character is expected here"));
	if (pair->value.kind != YAML_SCALAR || rest.len == 0)
		return refuse(reader, pair->value.span,
			      _("characters are expected here"));
	while (rest.len > 0) {
		str character = take_character(&rest);

		if (character.len == 0 || str_equal(character, pair->key))
			return refuse(reader, pair->value.span,
				      _("this is no traditional character"));
		if (!map_add(&reader->seen, character, reader))
			return refuse(reader, pair->value.span,
				      _("a traditional character stands here "
					"twice"));
		buf_add(&reader->pairs, character);
		buf_add(&reader->pairs, pair->key);
	}
	return true;
}

bool traditional_read(struct traditional *out, const struct source *source,
		      struct arena *arena, struct diag_list *diags)
{
	struct table_reader reader = { .diags = diags };
	struct yaml_node root;
	bool ok = yaml_parse(&root, source, 0, source->text.len,
			     YAML_SETTINGS_LIMIT, arena, diags);

	traditional_init(out);
	if (!ok && root.count == 0)
		return false;
	if (root.count > TRADITIONAL_MOST)
		return refuse(&reader, root.pairs[TRADITIONAL_MOST].key_span,
			      _("more characters than the search takes"));
	buf_init(&reader.pairs, arena);
	map_init(&reader.seen, arena);
	for (size_t i = 0; i < root.count; i++)
		ok &= read_pair(&reader, &root.pairs[i]);
	out->pairs = buf_str(&reader.pairs);
	out->digest = digest_of(out->pairs);
	return ok;
}
