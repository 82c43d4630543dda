/*
 * Words that stand in a list (rules.md E.11, R-SEC-01, R-SEC-07): which ones
 * are found is the word book's, here is what is said of each.
 */
#include "audit/rule.h"
#include "base/unicode.h"

rule_function rule_wording_serious, rule_wording_misspelt,
	rule_wording_forbidden, rule_secrecy_mark, rule_placeholder_text,
	rule_name_outdated, rule_advertising;

static bool is_of(const struct word_hit *hit, enum word_list list)
{
	return hit->entry->list == list ||
	       (list == WORDS_SERIOUS && hit->entry->list == WORDS_NAMES);
}

static str right_word(const struct word_hit *hit)
{
	return hit->entry->list == WORDS_NAMES ? hit->entry->wrong
					       : hit->entry->right;
}

/* --- words that are spoken of --------------------------------------------- */

/* What says that a word stands there as an example of a slip. */
static const char *const cues[] = { "应为",   "应写", "应改", "应作", "误写",
				    "误作",   "误为", "写成", "错写", "写作",
				    "错别字", "更正", "勘误", "改为", "而不是",
				    "而非",   "混淆", NULL };
static const char quotes[] = "“”‘’「」『』《》\"'";

static bool is_quoted(const struct text_points *text,
		      const struct word_hit *hit)
{
	return (hit->start > 0 &&
		unicode_is_among(text_points_at(text, hit->start - 1),
				 quotes)) ||
	       unicode_is_among(text_points_at(text, hit->end), quotes);
}

/* How far around a word it is looked for what is said of it; so a text costs
   what it is long, whatever stands in it. */
enum { AROUND = 60, HITS_AROUND = 8 };

/*
 * “布署”应写作“部署”: in quotes, with the right word and such a cue near it in
 * the same line.
 */
static bool is_spoken_of(const struct text_points *text,
			 const struct word_hit *hit)
{
	size_t start = hit->start;
	size_t end = hit->end;
	bool has_right = false;
	bool has_cue = false;

	if (!is_quoted(text, hit))
		return false;
	while (start > 0 && hit->start - start < AROUND &&
	       text_points_at(text, start - 1) != '\n')
		start--;
	while (end - hit->end < AROUND && text_points_at(text, end) != '\n')
		end++;
	for (size_t at = start; at < end; at++) {
		has_right |= (at < hit->start || at >= hit->end) &&
			     text_points_has(text, at, right_word(hit));
		for (size_t i = 0; !has_cue && cues[i] != NULL; i++)
			has_cue =
				text_points_has(text, at, str_from_c(cues[i]));
	}
	return has_right && has_cue;
}

/* A misspelt word inside one that is told as serious is that one. */
static bool is_part(const struct scanned_text *text, const struct word_hit *hit)
{
	size_t number = (size_t)(hit - text->hits);
	size_t first = number > HITS_AROUND ? number - HITS_AROUND : 0;

	for (size_t i = first; i < text->hit_count && i <= number + HITS_AROUND;
	     i++) {
		const struct word_hit *other = &text->hits[i];

		if (is_of(other, WORDS_SERIOUS) && other->start <= hit->start &&
		    other->end >= hit->end)
			return true;
	}
	return false;
}

/* Is it nothing to be told of? */
static bool is_excused(const struct scanned_text *text,
		       const struct word_hit *hit)
{
	switch (hit->entry->list) {
	case WORDS_MISSPELT:
		return is_spoken_of(&text->folded, hit) || is_part(text, hit);
	case WORDS_SERIOUS:
	case WORDS_NAMES:
		return is_spoken_of(&text->folded, hit);
	default:
		return false;
	}
}

/* --- telling -------------------------------------------------------------- */

/* What is found in a text, told once where it is first. */
struct tally {
	const struct word_hit *hit;
	size_t count;
};

static struct list count_hits(const struct scanned_text *text,
			      enum word_list list, struct arena *arena)
{
	struct list tallies; /* struct tally */
	struct map numbers;  /* of them, and one */

	list_init(&tallies, sizeof(struct tally));
	map_init(&numbers, arena);
	for (size_t i = 0; i < text->hit_count; i++) {
		const struct word_hit *hit = &text->hits[i];
		struct tally *tally;
		uintptr_t number;

		if (!is_of(hit, list) || is_excused(text, hit))
			continue;
		number = (uintptr_t)map_get(&numbers, hit->found);
		if (number == 0) {
			tally = list_add(&tallies, arena);
			*tally = (struct tally){ hit, 1 };
			map_set(&numbers, hit->found, (void *)tallies.count);
			continue;
		}
		tally = (struct tally *)tallies.items + (number - 1);
		tally->count += hit->entry->list == tally->hit->entry->list;
	}
	return tallies;
}

/* Of one list; `say` ends with the texts that are kept for the message. */
static void tell(const struct rule_input *input, struct finding_log *log,
		 enum word_list list,
		 void (*say)(const struct rule_input *input,
			     struct finding_log *log,
			     const struct word_hit *hit, size_t count))
{
	const struct scanned_text *text = rule_scanned(input);
	struct list tallies;

	if (text->hit_count == 0)
		return;
	tallies = count_hits(text, list, input->arena);
	for (size_t i = 0; i < tallies.count; i++) {
		const struct tally *tally =
			(const struct tally *)tallies.items + i;

		say(input, log, tally->hit, tally->count);
	}
}

static void say_wrong(const struct rule_input *input, struct finding_log *log,
		      const struct word_hit *hit, size_t count)
{
	str right = right_word(hit);
	struct diag *diag =
		finding_add(log, rule_place(input, hit->found),
			    _("“%.*s” should be “%.*s”; places: %zu"),
			    STR_ARG(hit->found), STR_ARG(right), count);

	diag_help(log->diags, diag,
		  _("write “%.*s”; where it is right here, say so below "
		    "“except:” in sites/rules/words.yaml"),
		  STR_ARG(right));
}

static void say_forbidden(const struct rule_input *input,
			  struct finding_log *log, const struct word_hit *hit,
			  size_t count)
{
	struct diag *diag =
		finding_add(log, rule_place(input, hit->found),
			    _("“%.*s” is not to be published; places: %zu"),
			    STR_ARG(hit->found), count);

	diag_help(log->diags, diag, "%s",
		  _("take it out; where it is right here, say so below "
		    "“except:” in sites/rules/words.yaml"));
}

static void say_secret(const struct rule_input *input, struct finding_log *log,
		       const struct word_hit *hit, size_t count)
{
	(void)count;
	diag_help(log->diags,
		  finding_add(log, rule_place(input, hit->found),
			      _("“%.*s” marks what is not for the public"),
			      STR_ARG(hit->found)),
		  "%s",
		  _("withdraw the text at once (status: withdrawn) and have it "
		    "reviewed; a word that only speaks of secrets goes below "
		    "“except:” in sites/rules/words.yaml"));
}

static void say_unfinished(const struct rule_input *input,
			   struct finding_log *log, const struct word_hit *hit,
			   size_t count)
{
	(void)count;
	diag_help(log->diags,
		  finding_add(log, rule_place(input, hit->found),
			      _("“%.*s” stands where something is still to be "
				"written"),
			      STR_ARG(hit->found)),
		  "%s",
		  _("write what belongs there, or take the sentence out"));
}

static void say_outdated(const struct rule_input *input,
			 struct finding_log *log, const struct word_hit *hit,
			 size_t count)
{
	(void)count;
	diag_help(log->diags,
		  finding_add(log, rule_place(input, hit->found),
			      _("“%.*s” is the name before the reform"),
			      STR_ARG(hit->found)),
		  _("the body is called “%.*s” today"),
		  STR_ARG(right_word(hit)));
}

void rule_wording_serious(const struct rule_input *input,
			  struct finding_log *log)
{
	tell(input, log, WORDS_SERIOUS, say_wrong);
}

void rule_wording_misspelt(const struct rule_input *input,
			   struct finding_log *log)
{
	tell(input, log, WORDS_MISSPELT, say_wrong);
}

void rule_wording_forbidden(const struct rule_input *input,
			    struct finding_log *log)
{
	tell(input, log, WORDS_FORBIDDEN, say_forbidden);
}

void rule_secrecy_mark(const struct rule_input *input, struct finding_log *log)
{
	tell(input, log, WORDS_SECRET, say_secret);
}

void rule_placeholder_text(const struct rule_input *input,
			   struct finding_log *log)
{
	tell(input, log, WORDS_UNFINISHED, say_unfinished);
}

void rule_name_outdated(const struct rule_input *input, struct finding_log *log)
{
	tell(input, log, WORDS_OUTDATED, say_outdated);
}

void rule_advertising(const struct rule_input *input, struct finding_log *log)
{
	tell(input, log, WORDS_ADVERT, say_forbidden);
}
