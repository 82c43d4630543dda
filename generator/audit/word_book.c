/*
 * Words, exceptions and pieces of names are words of one finder; what is found
 * is sorted out afterwards: a piece of a name is held against the whole name, a
 * word with `near` against its clause, and what an exception covers is dropped.
 * A line whose characters have blanks between them is gone through once more
 * without them (closed_line.h), and of that what a blank stands in is taken.
 */
#include "audit/word_book.h"

#include <stdlib.h>

#include "audit/closed_line.h"
#include "audit/near_miss.h"
#include "base/map.h"
#include "base/sorted.h"

#define AT(list) ((size_t)(list) * sizeof(const struct yaml_node *))

static const struct setting list_rows[] = {
	[WORDS_SERIOUS] = { "serious", SETTING_NODE, AT(WORDS_SERIOUS), NULL,
			    NULL, N_("serious wording errors: a veto") },
	[WORDS_MISSPELT] = { "misspelt", SETTING_NODE, AT(WORDS_MISSPELT), NULL,
			     NULL, N_("common slips and the right words") },
	[WORDS_FORBIDDEN] = { "forbidden", SETTING_NODE, AT(WORDS_FORBIDDEN),
			      NULL, NULL, N_("what no text may say") },
	[WORDS_SECRET] = { "secret", SETTING_NODE, AT(WORDS_SECRET), NULL, NULL,
			   N_("marks of secrets and of internal papers") },
	[WORDS_UNFINISHED] = { "unfinished", SETTING_NODE, AT(WORDS_UNFINISHED),
			       NULL, NULL,
			       N_("what stands for words still to be "
				  "written") },
	[WORDS_OUTDATED] = { "outdated", SETTING_NODE, AT(WORDS_OUTDATED), NULL,
			     NULL,
			     N_("names of bodies before a reform, and the "
				"ones of today") },
	[WORDS_ADVERT] = { "advertising", SETTING_NODE, AT(WORDS_ADVERT), NULL,
			   NULL, N_("phrases of commercial advertising") },
	[WORDS_VAGUE] = { "vague", SETTING_NODE, AT(WORDS_VAGUE), NULL, NULL,
			  N_("what no list of materials or conditions may "
			     "say") },
	[WORDS_STOCK] = { "stock", SETTING_NODE, AT(WORDS_STOCK), NULL, NULL,
			  N_("answers that answer nothing") },
	[WORDS_PAPERS] = { "papers", SETTING_NODE, AT(WORDS_PAPERS), NULL, NULL,
			   N_("names of numbers that belong to a person") },
	[WORDS_PROTECTED] = { "protected", SETTING_NODE, AT(WORDS_PROTECTED),
			      NULL, NULL,
			      N_("persons who are not to be named") },
	[WORDS_NAMES] = { "names", SETTING_NODE, AT(WORDS_NAMES), NULL, NULL,
			  N_("long names that are wrong when one character "
			     "differs: serious") },
};

const char *const rule_marks[] = { "C", "L", "U", "P", NULL };

struct list_settings {
	str source;
	int mark;
	const struct yaml_node *words;
	struct text_list except;
	struct text_list without;
};

#define IN(member) offsetof(struct list_settings, member)

static const struct setting one_list_rows[] = {
	{ "source", SETTING_TEXT, IN(source), NULL, NULL,
	  N_("where the list comes from") },
	{ "mark", SETTING_CHOICE, IN(mark), NULL, rule_marks,
	  N_("C confirmed, L local practice, U unconfirmed, P product") },
	{ "words", SETTING_NODE, IN(words), NULL, NULL,
	  N_("a list of words, or wrong: right, or wrong: {right:, near: [], "
	     "except: []}") },
	{ "except", SETTING_TEXTS, IN(except), NULL, NULL,
	  N_("texts in which a word of the list is right") },
	{ "without", SETTING_TEXTS, IN(without), NULL, NULL,
	  N_("words of the program that are not looked for") },
};

#undef IN
#define IN(member) offsetof(struct word_settings, member)

struct word_settings {
	str right;
	struct text_list near;
	struct text_list except;
};

static const struct setting word_rows[] = {
	{ "right", SETTING_TEXT, IN(right), NULL, NULL, NULL },
	{ "near", SETTING_TEXTS, IN(near), NULL, NULL, NULL },
	{ "except", SETTING_TEXTS, IN(except), NULL, NULL, NULL },
};

const struct setting_table word_settings[] = {
	{ N_("sites/rules/words.yaml: lists of words that rules look for"),
	  list_rows, COUNT_OF(list_rows) },
	{ N_("each list of words.yaml"), one_list_rows,
	  COUNT_OF(one_list_rows) },
	{ 0 },
};

/* --- adding --------------------------------------------------------------- */

struct word_adder {
	struct word_book *book;
	const struct settings_reader *reader;
	enum word_list list;
};

void word_book_init(struct word_book *book, struct arena *arena)
{
	*book = (struct word_book){ 0 };
	list_init(&book->entries, sizeof(struct word_entry));
	word_finder_init(&book->finder, arena);
}

static bool is_word(str word, struct span span, const struct word_adder *adder,
		    const struct text_points *folded)
{
	size_t least = adder->list == WORDS_NAMES ? 5 : 1;

	if (folded->count >= least && folded->count <= WORD_LIMIT &&
	    adder->book->entries.count < WORD_BOOK_LIMIT)
		return true;
	diag_help(adder->reader->diags,
		  diag_error(adder->reader->diags, span, "rule-word",
			     _("“%.*s” is no word that can be looked for"),
			     STR_ARG(word)),
		  _("a word has %zu to %d characters, and all lists together "
		    "have at most %d"),
		  least, WORD_LIMIT, WORD_BOOK_LIMIT);
	return false;
}

static void put(struct word_adder *adder, struct word_entry entry,
		const uint32_t *points, size_t count)
{
	entry.list = adder->list;
	*(struct word_entry *)list_add(&adder->book->entries,
				       adder->reader->arena) = entry;
	word_finder_add(&adder->book->finder, points, count);
}

/* One of its halves stands in every text that differs in one character. */
static void put_name(struct word_adder *adder, struct word_entry entry,
		     const struct text_points *name)
{
	size_t half = name->count / 2;

	entry.name = name->points;
	entry.name_count = name->count;
	entry.piece_count = half;
	put(adder, entry, name->points, half);
	entry.piece_start = half;
	entry.piece_count = name->count - half;
	put(adder, entry, name->points + half, name->count - half);
}

static bool add_word(struct word_adder *adder, struct word_entry entry,
		     struct span span)
{
	struct text_points folded;

	text_points_fold(&folded, entry.wrong, adder->reader->arena);
	if (!is_word(entry.wrong, span, adder, &folded))
		return false;
	if (!entry.is_exception)
		adder->book->counts[adder->list]++;
	if (adder->list == WORDS_NAMES && !entry.is_exception)
		put_name(adder, entry, &folded);
	else
		put(adder, entry, folded.points, folded.count);
	return true;
}

static bool add_exceptions(struct word_adder *adder, struct text_list texts,
			   struct span span)
{
	bool ok = true;

	for (size_t i = 0; i < texts.count; i++)
		ok &= add_word(adder,
			       (struct word_entry){ .wrong = texts.items[i],
						    .is_exception = true },
			       span);
	return ok;
}

static bool add_pair(struct word_adder *adder, const struct yaml_pair *pair)
{
	struct word_settings settings = { 0 };
	bool ok = true;

	if (pair->value.is_refused)
		return false;
	if (pair->value.kind == YAML_SCALAR)
		settings.right =
			pair->value.is_null ? STR("") : pair->value.text;
	else
		ok = settings_read(&settings, &pair->value, word_rows,
				   COUNT_OF(word_rows), adder->reader);
	return ok &&
	       add_word(adder,
			(struct word_entry){ .wrong = pair->key,
					     .right = settings.right,
					     .near = settings.near },
			pair->key_span) &&
	       add_exceptions(adder, settings.except, pair->value.span);
}

static bool add_words(struct word_adder *adder, const struct yaml_node *words)
{
	bool ok = true;

	if (words == NULL)
		return true;
	for (size_t i = 0; words->kind == YAML_MAPPING && i < words->count; i++)
		ok &= add_pair(adder, &words->pairs[i]);
	for (size_t i = 0; words->kind == YAML_SEQUENCE && i < words->count;
	     i++) {
		const struct yaml_node *word = &words->items[i];

		ok &= !word->is_refused &&
		      add_word(adder,
			       (struct word_entry){ .wrong = word->text },
			       word->span);
	}
	return ok;
}

/* The platform's word of the same list wins, and `without` takes it away. */
static void take_away_known(struct word_adder *adder,
			    const struct list_settings *settings)
{
	const struct yaml_node *words = settings->words;
	struct word_entry *entries = adder->book->entries.items;
	struct map known;

	map_init(&known, adder->reader->arena);
	for (size_t i = 0; words != NULL && i < words->count; i++)
		map_set(&known,
			words->kind == YAML_MAPPING ? words->pairs[i].key
						    : words->items[i].text,
			adder);
	for (size_t i = 0; i < settings->without.count; i++)
		map_set(&known, settings->without.items[i], adder);
	for (size_t i = 0; i < adder->book->entries.count; i++) {
		if (entries[i].list != adder->list || entries[i].is_exception ||
		    !map_has(&known, entries[i].wrong))
			continue;
		adder->book->counts[adder->list] -= entries[i].piece_start == 0;
		entries[i].list = WORD_LIST_COUNT;
	}
}

static bool add_list(struct word_adder *adder, const struct yaml_node *node)
{
	struct word_list_about *about = &adder->book->about[adder->list];
	struct list_settings settings = { .source = about->source,
					  .mark = about->mark };
	bool ok;

	if (!settings_read(&settings, node, one_list_rows,
			   COUNT_OF(one_list_rows), adder->reader))
		return false;
	about->source = settings.source;
	about->mark = settings.mark;
	take_away_known(adder, &settings);
	ok = add_words(adder, settings.words);
	return add_exceptions(adder, settings.except, node->span) && ok;
}

bool word_book_add(struct word_book *book, const struct yaml_node *root,
		   const struct settings_reader *reader)
{
	const struct yaml_node *lists[WORD_LIST_COUNT] = { 0 };
	bool ok = settings_read(lists, root, list_rows, COUNT_OF(list_rows),
				reader);

	for (int i = 0; i < WORD_LIST_COUNT; i++) {
		struct word_adder adder = { book, reader, (enum word_list)i };

		if (lists[i] != NULL)
			ok &= add_list(&adder, lists[i]);
	}
	return ok;
}

void word_book_freeze(struct word_book *book)
{
	word_finder_freeze(&book->finder);
}

/* --- a text --------------------------------------------------------------- */

struct word_scan {
	const struct word_book *book;
	const struct text_points *text;
	struct list *hits;  /* struct word_hit */
	struct list covers; /* struct word_hit: exceptions */
	struct arena *arena;
};

/* Where a clause ends, in a folded text. */
static bool ends_clause(uint32_t point)
{
	return point == '\n' || point == 0x3002 || point == ';' ||
	       point == '!' || point == '?';
}

enum { NEAR_POINTS = 12 };

static bool has_near(const struct word_entry *entry,
		     const struct text_points *text, size_t end)
{
	for (size_t at = end; at < text->count && at < end + NEAR_POINTS &&
			      !ends_clause(text->points[at]);
	     at++)
		for (size_t i = 0; i < entry->near.count; i++)
			if (text_points_has(text, at, entry->near.items[i]))
				return true;
	return entry->near.count == 0;
}

static void take_hit(void *context, size_t word, size_t start, size_t end)
{
	struct word_scan *scan = context;
	const struct word_entry *entry =
		(const struct word_entry *)scan->book->entries.items + word;
	struct word_hit hit = { entry, { NULL, 0 }, start, end };

	if (entry->list == WORD_LIST_COUNT)
		return;
	if (entry->name != NULL &&
	    !near_miss_find(&hit.start, &hit.end, entry, scan->text))
		return;
	if (entry->name == NULL && !entry->is_exception &&
	    !has_near(entry, scan->text, end))
		return;
	hit.found = text_points_slice(scan->text, hit.start, hit.end);
	*(struct word_hit *)list_add(
		entry->is_exception ? &scan->covers : scan->hits, scan->arena) =
		hit;
}

/* The first cover that ends where the hit does or behind it. */
static size_t first_cover(const struct word_scan *scan, size_t end)
{
	const struct sorted_numbers covers = SORTED_BY(
		scan->covers.items, scan->covers.count, struct word_hit, end);

	return sorted_rows_below(&covers, (int64_t)end);
}

/* None is longer than a word may be, so few of them are looked at. */
static bool is_covered(const struct word_scan *scan, const struct word_hit *hit)
{
	const struct word_hit *covers = scan->covers.items;

	for (size_t i = first_cover(scan, hit->end);
	     i < scan->covers.count && covers[i].end <= hit->start + WORD_LIMIT;
	     i++)
		if (covers[i].entry->list == hit->entry->list &&
		    covers[i].start <= hit->start)
			return true;
	return false;
}

static void drop_covered(struct word_scan *scan)
{
	struct word_hit *hits = scan->hits->items;
	size_t count = 0;

	for (size_t i = 0; i < scan->hits->count; i++)
		if (!is_covered(scan, &hits[i]))
			hits[count++] = hits[i];
	scan->hits->count = count;
}

/* What blanks stand in, where they stand. */
static void take_broken(struct list *out, const struct list *hits,
			const struct closed_line *line, struct arena *arena)
{
	for (size_t i = 0; i < hits->count; i++) {
		struct word_hit hit = ((const struct word_hit *)hits->items)[i];

		if (!closed_line_breaks(line, hit.start, hit.end))
			continue;
		hit.start = line->origins[hit.start];
		hit.end = line->origins[hit.end - 1] + 1;
		hit.found = text_points_slice(line->whole, hit.start, hit.end);
		*(struct word_hit *)list_add(out, arena) = hit;
	}
}

static void scan_points(struct list *out, const struct word_book *book,
			const struct text_points *text, struct arena *arena)
{
	struct word_scan scan = {
		.book = book, .text = text, .hits = out, .arena = arena
	};

	list_init(out, sizeof(struct word_hit));
	list_init(&scan.covers, sizeof(struct word_hit));
	word_finder_scan(&book->finder, text->points, text->count, take_hit,
			 &scan);
	if (scan.covers.count > 0)
		drop_covered(&scan);
}

static int compare_hits(const void *left, const void *right)
{
	const struct word_hit *a = left, *b = right;

	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

void word_book_scan(struct list *out, const struct word_book *book,
		    const struct text_points *text, struct arena *arena)
{
	struct text_line line;
	struct closed_line closed;
	struct list hits;
	size_t next = 0;
	size_t whole;

	scan_points(out, book, text, arena);
	whole = out->count;
	while (text_points_next(&line, text, &next)) {
		if (!closed_line_make(&closed, text, &line, arena))
			continue;
		scan_points(&hits, book, &closed.text, arena);
		take_broken(out, &hits, &closed, arena);
	}
	if (out->count > whole)
		qsort(out->items, out->count, sizeof(struct word_hit),
		      compare_hits);
}
