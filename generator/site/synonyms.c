/*
 * Groups of words that mean one thing to who searches. The platform's are laid
 * over the program's by their first word, so that a city can take one away or
 * say it otherwise without repeating the rest.
 */
#include "site/synonyms.h"

#include "base/search_text.h"
#include "base/unicode.h"

static const struct setting synonym_rows[] = {
	{ "<word>", SETTING_TEXTS, 0, NULL, NULL,
	  N_("the key is the word of official texts, the list what readers "
	     "type instead: 供热: [供暖, 取暖]; an empty list takes the "
	     "program's own words for it away") },
};

const struct setting_table synonym_settings[] = {
	{ N_("sites/vocabulary/synonyms.yaml: words that the search takes for "
	     "others"),
	  synonym_rows, COUNT_OF(synonym_rows) },
	{ 0 },
};

struct synonym_reader {
	struct synonyms *out;
	struct arena *arena;
	struct diag_list *diags;
};

void synonyms_init(struct synonyms *synonyms, struct arena *arena)
{
	*synonyms = (struct synonyms){ 0 };
	map_init(&synonyms->words, arena);
}

static bool too_many(const struct synonym_reader *reader, struct span span,
		     const char *what)
{
	diag_help(reader->diags,
		  diag_error(reader->diags, span, "synonym-many", "%s", what),
		  _("every search goes through all of them; keep those that "
		    "people type"));
	return false;
}

static bool is_word(str folded)
{
	size_t length = unicode_count(folded);

	return length >= SYNONYM_LEAST && length <= SYNONYM_MOST &&
	       str_find_byte(folded, ' ') == STR_NONE;
}

static bool read_word(str *out, str text, struct span span,
		      const struct synonym_group *group,
		      const struct synonym_reader *reader)
{
	struct buf folded;

	buf_init(&folded, reader->arena);
	search_fold(&folded, text);
	*out = buf_str(&folded);
	if (!is_word(*out)) {
		diag_help(reader->diags,
			  diag_error(reader->diags, span, "synonym-word",
				     _("“%.*s” is no word for the search"),
				     STR_ARG(text)),
			  _("write one word of %d to %d letters or "
			    "characters, without spaces"),
			  SYNONYM_LEAST, SYNONYM_MOST);
		return false;
	}
	if (map_has(&reader->out->words, *out)) {
		diag_help(reader->diags,
			  diag_error(reader->diags, span, "synonym-twice",
				     _("“%.*s” stands here twice"),
				     STR_ARG(text)),
			  _("a word means one other: keep it in one place; "
			    "letters of either case and width are the same"));
		return false;
	}
	map_set(&reader->out->words, *out, (void *)group);
	digest_add(&reader->out->digest, *out);
	return true;
}

static bool is_list(const struct yaml_node *node)
{
	if (node->kind == YAML_MAPPING)
		return false;
	if (node->kind == YAML_SCALAR)
		return !node->is_null;
	for (size_t i = 0; i < node->count && i <= SYNONYM_WORDS; i++)
		if (node->items[i].kind != YAML_SCALAR)
			return false;
	return true;
}

static bool read_others(struct synonym_group *group,
			const struct yaml_node *node,
			const struct synonym_reader *reader)
{
	size_t count = node->kind == YAML_SEQUENCE ? node->count : 1;
	str *words;
	bool ok = true;

	if (node->is_refused)
		return false;
	if (!is_list(node)) {
		diag_help(reader->diags,
			  diag_error(reader->diags, node->span, "synonym-list",
				     _("a list of words is expected here")),
			  _("for example: %s"), "供热: [供暖, 取暖]");
		return false;
	}
	if (count > SYNONYM_WORDS)
		return too_many(reader, node->span,
				_("more words than the search takes for one"));
	words = arena_array(reader->arena, count, sizeof(*words));
	for (size_t i = 0; i < count; i++) {
		const struct yaml_node *item =
			node->kind == YAML_SEQUENCE ? &node->items[i] : node;

		ok &= !item->is_refused && read_word(&words[i], item->text,
						     item->span, group, reader);
	}
	group->others = (struct text_list){ words, count };
	digest_add_number(&reader->out->digest, count);
	return ok;
}

bool synonyms_read(struct synonyms *out, const struct source *source,
		   struct arena *arena, struct diag_list *diags)
{
	const struct synonym_reader reader = { out, arena, diags };
	struct synonym_group *groups;
	struct yaml_node root;
	bool ok = yaml_parse(&root, source, 0, source->text.len,
			     YAML_SETTINGS_LIMIT, arena, diags);

	synonyms_init(out, arena);
	if (!ok && root.count == 0)
		return false;
	if (root.count > SYNONYM_GROUPS)
		return too_many(
			&reader, root.pairs[SYNONYM_GROUPS].key_span,
			_("more groups of words than the search takes"));
	groups = arena_array(arena, root.count, sizeof(*groups));
	for (size_t i = 0; i < root.count; i++) {
		const struct yaml_pair *pair = &root.pairs[i];

		ok &= read_word(&groups[i].official, pair->key, pair->key_span,
				&groups[i], &reader);
		ok &= read_others(&groups[i], &pair->value, &reader);
	}
	out->groups = groups;
	out->count = root.count;
	return ok;
}
