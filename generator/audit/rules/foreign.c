/*
 * Pages in other languages (rules.md R-EN): no Chinese is left in them but
 * names in brackets, and they are not older than what they translate.
 */
#include "audit/rule.h"
#include "base/unicode.h"
#include "library/resource_reader.h"

rule_function rule_foreign_characters, rule_translation_old;

static bool is_foreign(str language)
{
	return language.len > 0 && !str_starts_with(language, STR("zh"));
}

/* The first run of ideographs that stands in no brackets; empty: none. */
static str find_chinese(str text)
{
	size_t depth = 0;
	size_t start = STR_NONE;
	size_t at = 0;

	while (at < text.len) {
		size_t before = at;
		uint32_t code_point = unicode_next(text, &at);
		bool is_chinese =
			depth == 0 && unicode_is_ideograph(code_point);

		if (is_chinese && start == STR_NONE)
			start = before;
		if (!is_chinese && start != STR_NONE)
			return str_between(text, start, before);
		if (code_point == '\n')
			depth = 0;
		else if (unicode_is_opening(code_point))
			depth++;
		else if (unicode_is_closing(code_point) && depth > 0)
			depth--;
	}
	return start == STR_NONE ? STR("") : str_from(text, start);
}

void rule_foreign_characters(const struct rule_input *input,
			     struct finding_log *log)
{
	const struct extract *extract;
	str found;

	if (!is_foreign(input->resource->lang))
		return;
	extract = input->text->extract(input->text->context);
	found = find_chinese(input->resource->title);
	if (found.len == 0)
		found = find_chinese(extract->body);
	if (found.len == 0)
		return;
	diag_help(log->diags,
		  finding_add(log, rule_place(input, found),
			      _("“%.*s” is Chinese in a page of another "
				"language"),
			      STR_ARG(found)),
		  "%s",
		  _("translate it; a name may stand in brackets behind its "
		    "translation"));
}

/* --- translations --------------------------------------------------------- */

/* A correction of the original counts, its day of publishing does not. */
static bool is_older(struct moment translated, const struct resource *original)
{
	return translated.is_set && original->updated.is_set &&
	       date_compare(moment_date(translated),
			    moment_date(original->updated)) < 0;
}

/*
 * The day of a translation is in its file alone, which is read of the few that
 * were published before their original changed.
 */
static struct moment translated_on(const struct rule_input *input,
				   struct snapshot_reader *reader,
				   const struct resource *translation)
{
	struct front_matter matter;

	if (!resource_reader_matter_again(
		    &matter, input->plan->arrangement->catalog, reader,
		    translation->file, input->arena))
		return (struct moment){ 0 };
	return front_matter_get(&matter, MEANS_TRANSLATED_ON)->moment;
}

static void judge_translation(const struct rule_input *input,
			      struct snapshot_reader *reader,
			      const struct resource *translation,
			      struct finding_log *log)
{
	uint32_t numbers[RELATION_LIMIT];
	size_t count =
		relations_from(&input->plan->relations, translation->number,
			       RELATION_TRANSLATES, numbers);

	for (size_t i = 0; i < count; i++) {
		struct resource original;

		catalog_get(&original, input->plan->arrangement->catalog,
			    numbers[i]);
		if (!is_older(translation->date, &original) ||
		    !is_older(translated_on(input, reader, translation),
			      &original))
			continue;
		diag_help(log->diags,
			  finding_add(log, translation->title_span,
				      _("the original was changed since: %.*s"),
				      STR_ARG(original.path)),
			  "%s",
			  _("bring the translation up to date, and write the "
			    "day as “translated_on:”"));
	}
}

void rule_translation_old(const struct rule_input *input,
			  struct finding_log *log)
{
	const struct arrangement *arrangement = input->plan->arrangement;
	struct snapshot_reader *reader =
		snapshot_reader_open(input->plan->snapshot, log->diags);
	struct resource resource;

	for (uint32_t i = 0; reader != NULL && i < arrangement->catalog->count;
	     i++) {
		if (!resource_type_means(catalog_type(arrangement->catalog, i),
					 MEANS_TRANSLATED_ON) ||
		    !arrangement_has_page(arrangement, i))
			continue;
		catalog_get(&resource, arrangement->catalog, i);
		judge_translation(input, reader, &resource, log);
	}
	snapshot_reader_close(reader);
}
