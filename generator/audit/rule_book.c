/*
 * Each figure is a row: its key, the member it fills and what it may be; the
 * defaults and the platform's file are read with the same rows, one after the
 * other, so that what the platform leaves out is the program's.
 */
#include "audit/rule_book.h"

#include <assert.h>

#include "base/builtin.h"
#include "site/near_names.h"
#include "snapshot/snapshot.h"

/* --- figures -------------------------------------------------------------- */

#define AT(limit) ((size_t)(limit) * sizeof(const struct yaml_node *))
#define LIMIT(limit, key, about)                                               \
	[LIMIT_##limit] = { key,  SETTING_NODE, AT(LIMIT_##limit),             \
			    NULL, NULL,		about }

static const struct setting limit_rows[LIMIT_COUNT] = {
	LIMIT(HOME_DAYS, "home_days",
	      N_("days within which the home page has something new")),
	LIMIT(STALE_NEWS_COLUMNS, "stale_news_columns",
	      N_("stale columns of news, notices and policies that are a "
		 "veto")),
	LIMIT(STALE_COLUMNS, "stale_columns",
	      N_("stale columns of a site that are a veto")),
	LIMIT(EMPTY_COLUMNS, "empty_columns",
	      N_("empty columns of a site that are a veto")),
	LIMIT(COLUMN_WARNING_DAYS, "column_warning_days",
	      N_("days before a column is stale that it is warned of")),
	LIMIT(FEW_ITEMS, "few_items",
	      N_("texts that a column has at the least")),
	LIMIT(FEW_ITEMS_DAYS, "few_items_days",
	      N_("days after its first text that this holds from")),
	LIMIT(MESSAGE_DAYS, "message_days",
	      N_("working days within which a message is answered")),
	LIMIT(MESSAGE_WARNING_DAYS, "message_warning_days",
	      N_("working days after which an open message is warned of")),
	LIMIT(MESSAGE_VETO_DAYS, "message_veto_days",
	      N_("days after which an open message is a veto")),
	LIMIT(ANSWERS_DAYS, "answers_days",
	      N_("days within which an answer is published")),
	LIMIT(STATISTICS_DAYS, "statistics_days",
	      N_("days within which statistics of messages are published")),
	LIMIT(RESULT_DAYS, "result_days",
	      N_("days after its end that a consultation has a result")),
	LIMIT(ANSWER_CHARACTERS, "answer_characters",
	      N_("characters that an answer has at the least")),
	LIMIT(KNOWLEDGE_ITEMS, "knowledge_items",
	      N_("entries that a knowledge base has at the least")),
	LIMIT(GUIDE_CLASSES, "guide_classes",
	      N_("missing element classes that make a guide useless")),
	LIMIT(GUIDE_ITEMS, "guide_items",
	      N_("useless guides of a site that are a veto")),
	LIMIT(PROFILE_YEARS, "profile_years",
	      N_("years that figures of a profile may be old")),
	LIMIT(SERVICE_STATISTICS_DAYS, "service_statistics_days",
	      N_("days that statistics of services may be old")),
	LIMIT(INTERPRETATION_DAYS, "interpretation_days",
	      N_("days that an interpretation may be later than its policy")),
	LIMIT(TITLE_CHARACTERS, "title_characters",
	      N_("characters that a title has at the most")),
	LIMIT(EQUAL_MOMENTS, "equal_moments",
	      N_("texts of a column with one minute of publishing")),
	LIMIT(DATE_TOLERANCE_DAYS, "date_tolerance_days",
	      N_("days that a text may be dated before its first commit")),
	LIMIT(COPY_PERCENT, "copy_percent",
	      N_("per cent from which two texts are the same one")),
	LIMIT(COPY_DAYS, "copy_days",
	      N_("days between them from which it is published again")),
	LIMIT(COPY_CHARACTERS, "copy_characters",
	      N_("characters from which a text is compared with others")),
	LIMIT(MASKED_DIGITS, "masked_digits",
	      N_("digits of an identity number that are masked at the "
		 "least")),
	LIMIT(COLUMN_LEVELS, "column_levels",
	      N_("levels from the home page to a text at the most")),
	LIMIT(DESCRIPTION_CHARACTERS, "description_characters",
	      N_("characters that a column for citizens says of itself")),
	LIMIT(INSPECTION_DAYS, "inspection_days",
	      N_("days within which a report of an inspection is published")),
	LIMIT(NOTICE_DAYS, "notice_days",
	      N_("days that the notice of a closed site is kept")),
	LIMIT(OFFLINE_DAYS, "offline_days",
	      N_("days that a site may be offline")),
	LIMIT(OFFLINE_TIMES, "offline_times",
	      N_("times a year that a site may be offline")),
	LIMIT(REPORT_DAY, "report_day",
	      N_("day of January by which the annual report is published")),
	LIMIT(PAGE_KILOBYTES, "page_kilobytes",
	      N_("kilobytes of HTML that a page has at the most")),
	LIMIT(CODE_KILOBYTES, "code_kilobytes",
	      N_("kilobytes of styles and scripts of a page at the most")),
	LIMIT(PICTURE_KILOBYTES, "picture_kilobytes",
	      N_("kilobytes that a picture has at the most")),
	LIMIT(SECURITY_DAYS, "security_days",
	      N_("days within which a check of security is written down")),
	LIMIT(CRITICISM_DAYS, "criticism_days",
	      N_("days that public criticism counts that is dealt with")),
	LIMIT(PROBES, "probes",
	      N_("times a day that a site is asked from outside at the least")),
	LIMIT(FAILED_PERCENT, "failed_percent",
	      N_("per cent of them without an answer that are a veto")),
	LIMIT(CORRECTION_DAYS, "correction_days",
	      N_("working days within which what readers report is answered")),
	LIMIT(DOMAIN_DAYS, "domain_days",
	      N_("days after its notice that an old domain is given up")),
	LIMIT(REPRINT_DAYS, "reprint_days",
	      N_("days within which a text of the list is taken over")),
	LIMIT(THEME_COLOURS, "theme_colours",
	      N_("colours beside greys and tints that a theme has at the "
		 "most")),
};

struct limit_settings {
	uint32_t value;
	str source;
	int mark;
};

#define IN(member) offsetof(struct limit_settings, member)

static const struct setting one_limit_rows[] = {
	{ "value", SETTING_NUMBER, IN(value), "10", NULL, N_("the figure") },
	{ "source", SETTING_TEXT, IN(source), NULL, NULL,
	  N_("where it stands") },
	{ "mark", SETTING_CHOICE, IN(mark), NULL, rule_marks,
	  N_("C confirmed, L local practice, U unconfirmed, P product") },
};

#undef IN

/* --- sources -------------------------------------------------------------- */

#define IN(member) offsetof(struct source_book, member)

static const struct setting source_rows[] = {
	{ "names", SETTING_TEXTS, IN(names), NULL, NULL,
	  N_("whose texts may be taken over") },
	{ "endings", SETTING_TEXTS, IN(endings), NULL, NULL,
	  N_("what names of such bodies end in") },
	{ "contact_fields", SETTING_TEXTS, IN(contact_fields), NULL, NULL,
	  N_("fields whose numbers are for the public") },
	{ "mail_hosts", SETTING_TEXTS, IN(mail_hosts), NULL, NULL,
	  N_("hosts of private mailboxes") },
	{ "bad_hosts", SETTING_HOSTS, IN(bad_hosts), NULL, NULL,
	  N_("hosts that nothing may lead to") },
	{ "approved_hosts", SETTING_HOSTS, IN(approved_hosts), NULL, NULL,
	  N_("hosts beside those of governments that links may lead to") },
	{ "map_words", SETTING_TEXTS, IN(map_words), NULL, NULL,
	  N_("what pictures are called that are maps") },
	{ "map_exceptions", SETTING_TEXTS, IN(map_exceptions), NULL, NULL,
	  N_("texts in which such a word means no map") },
	{ "jargon", SETTING_TEXTS, IN(jargon), NULL, NULL,
	  N_("words that no name of a column has") },
	{ "vague_links", SETTING_TEXTS, IN(vague_links), NULL, NULL,
	  N_("texts of links that do not say where they lead") },
	{ "stock_answers", SETTING_TEXTS, IN(stock_answers), NULL, NULL,
	  N_("words of phrases that answer nothing") },
};

#undef IN

/* --- what is to be taken over --------------------------------------------- */

#define IN(member) offsetof(struct reprint, member)

static const struct setting reprint_rows[] = {
	{ "title", SETTING_TEXT, IN(title), "国务院关于某项工作的意见", NULL,
	  N_("what the original is called") },
	{ "url", SETTING_TEXT, IN(url), "https://www.gov.cn/a.htm", NULL,
	  N_("its address") },
	{ "published", SETTING_DATE, IN(published), "2026-05-12", NULL,
	  N_("when it came out") },
};

static const struct setting reprints_row[] = {
	{ "reprints", SETTING_NODE, 0, NULL, NULL,
	  N_("a list: title, url and published of each") },
};

const struct setting_table rule_settings[] = {
	{ N_("sites/rules/limits.yaml: figures that rules go by; “key: 10” or "
	     "“key: {value: 10, source: …, mark: P}”"),
	  limit_rows, COUNT_OF(limit_rows) },
	{ N_("sites/rules/sources.yaml: whom rules trust"), source_rows,
	  COUNT_OF(source_rows) },
	{ N_("sites/rules/reprints.yaml: below “reprints:” a list of what the "
	     "portal takes over within a day; each:"),
	  reprint_rows, COUNT_OF(reprint_rows) },
	{ 0 },
};

const char *limit_key(enum limit limit)
{
	return limit_rows[limit].key;
}

const char *limit_about(enum limit limit)
{
	return _(limit_rows[limit].about);
}

/* --- files ---------------------------------------------------------------- */

struct book_reader {
	struct rule_book *book;
	struct settings_reader settings;
	struct date today;
	bool is_own; /* of the program */
};

/* "10" is {value: 10}. */
static bool read_limit(struct limit_value *out, const struct yaml_node *node,
		       const struct book_reader *reader)
{
	const struct yaml_pair pair = { STR("value"), node->span, *node };
	const struct yaml_node mapping = { .kind = YAML_MAPPING,
					   .span = node->span,
					   .count = 1,
					   .pairs = &pair };
	struct limit_settings read = { .source = reader->is_own
							 ? STR("")
							 : STR(LIMITS_PATH),
				       .mark = MARK_PRODUCT };

	if (!settings_read(&read, node->kind == YAML_SCALAR ? &mapping : node,
			   one_limit_rows, COUNT_OF(one_limit_rows),
			   &reader->settings))
		return false;
	*out = (struct limit_value){ read.value, read.source, read.mark };
	return true;
}

static bool read_limits(struct rule_book *book, const struct yaml_node *root,
			const struct book_reader *reader)
{
	const struct yaml_node *nodes[LIMIT_COUNT] = { 0 };
	bool ok = settings_read(nodes, root, limit_rows, LIMIT_COUNT,
				&reader->settings);

	for (int i = 0; i < LIMIT_COUNT; i++)
		if (nodes[i] != NULL)
			ok &= read_limit(&book->limits[i], nodes[i], reader);
	return ok;
}

static bool read_words(struct rule_book *book, const struct yaml_node *root,
		       const struct book_reader *reader)
{
	return word_book_add(&book->words, root, &reader->settings);
}

static bool read_sources(struct rule_book *book, const struct yaml_node *root,
			 const struct book_reader *reader)
{
	return settings_read(&book->sources, root, source_rows,
			     COUNT_OF(source_rows), &reader->settings);
}

static bool read_scores(struct rule_book *book, const struct yaml_node *root,
			const struct book_reader *reader)
{
	return score_book_add(&book->scores, root, &reader->settings);
}

static bool read_waivers(struct rule_book *book, const struct yaml_node *root,
			 const struct book_reader *reader)
{
	return waivers_read(&book->waivers, root, &reader->settings,
			    reader->today);
}

static bool read_reprints(struct rule_book *book, const struct yaml_node *root,
			  const struct book_reader *reader)
{
	const struct yaml_node *list = NULL;
	struct reprint *items;
	bool ok = settings_read(&list, root, reprints_row,
				COUNT_OF(reprints_row), &reader->settings);

	if (list == NULL || list->kind != YAML_SEQUENCE)
		return ok;
	items = arena_array(reader->settings.arena, list->count,
			    sizeof(*items));
	for (size_t i = 0; i < list->count; i++) {
		ok &= settings_read(&items[i], &list->items[i], reprint_rows,
				    COUNT_OF(reprint_rows), &reader->settings);
		items[i].span = list->items[i].span;
	}
	if (ok)
		book->reprints = (struct reprint_list){ items, list->count };
	return ok;
}

typedef bool file_reader(struct rule_book *book, const struct yaml_node *root,
			 const struct book_reader *reader);

static file_reader *const file_readers[] = {
	[RULE_FILE_LIMITS] = read_limits,
	[RULE_FILE_SCORES] = read_scores,
	[RULE_FILE_SOURCES] = read_sources,
	[RULE_FILE_WAIVERS] = read_waivers,
	[RULE_FILE_WORDS] = read_words,
	[RULE_FILE_REPRINTS] = read_reprints,
};

_Static_assert(COUNT_OF(file_readers) == RULE_FILE_COUNT,
	       "each file of sites/rules/ is read");

/* NULL: none of ours. */
static file_reader *find_file(str name)
{
	for (size_t i = 0; i < RULE_FILE_COUNT; i++)
		if (str_equal(name, rule_file_names[i]))
			return file_readers[i];
	return NULL;
}

static bool read_text(file_reader *read, const struct source *source,
		      const struct book_reader *reader)
{
	struct yaml_node *root =
		arena_alloc(reader->settings.arena, sizeof(*root));

	return yaml_parse(root, source, 0, source->text.len,
			  YAML_SETTINGS_LIMIT, reader->settings.arena,
			  reader->settings.diags) &&
	       read(reader->book, root, reader);
}

static void read_own(struct book_reader *reader)
{
	for (size_t i = 0; builtin_rules[i].path != NULL; i++) {
		const struct builtin_file *file = &builtin_rules[i];
		const struct source source = {
			.number = SOURCE_NONE,
			.path = str_from_c(file->path),
			.text = { file->data, (size_t)(file->end - file->data) }
		};
		bool ok = read_text(find_file(source.path), &source, reader);

		assert(ok);
		(void)ok;
	}
}

static void read_files(struct book_reader *reader,
		       const struct snapshot *snapshot,
		       struct snapshot_reader *files)
{
	struct diag_list *diags = reader->settings.diags;
	struct source source;
	size_t first, behind;

	snapshot_range(snapshot, STR(RULES_FOLDER), &first, &behind);
	for (; first < behind; first++) {
		file_reader *read = find_file(str_from(
			snapshot_path(snapshot, first), STR(RULES_FOLDER).len));

		/* of another name is told where all files are looked at */
		if (read != NULL &&
		    snapshot_read_text(&source, files, first,
				       reader->settings.arena, diags))
			(void)!read_text(read, &source, reader);
	}
}

void rule_book_read(struct rule_book *out, const struct rule_book_sources *from,
		    struct arena *arena, struct diag_list *diags)
{
	struct diag_list own;
	struct book_reader reader = {
		.book = out,
		.settings = { .offset = from->offset,
			      .arena = arena,
			      .diags = &own },
		.today = from->today,
		.is_own = true,
	};

	*out = (struct rule_book){ 0 };
	diag_list_init(&own, arena);
	word_book_init(&out->words, arena);
	score_book_init(&out->scores);
	read_own(&reader);
	assert(own.count == 0);
	reader.is_own = false;
	reader.settings.diags = diags;
	if (from->snapshot != NULL)
		read_files(&reader, from->snapshot, from->reader);
	word_book_freeze(&out->words);
}
