/*
 * The rule book: figures, words and sources that rules go by, and what is
 * waived. The program has defaults for all of it (audit/defaults/), each with
 * its source and how sure that is; the platform lays its own over them:
 *
 *	sites/rules/limits.yaml    home_days: 10
 *	sites/rules/words.yaml     audit/word_book.h
 *	sites/rules/sources.yaml   names: [示范日报]
 *	sites/rules/scores.yaml    audit/score_book.h
 *	sites/rules/waivers.yaml   audit/waivers.h
 *	sites/rules/reprints.yaml  reprints: [{title: …, url: …, published: …}]
 *
 * Only checks read it: pages do not depend on it. A file with mistakes counts
 * for nothing, which is said.
 *
 * Always true once read: frozen, shared by threads.
 */
#ifndef JIYUE_AUDIT_RULE_BOOK_H
#define JIYUE_AUDIT_RULE_BOOK_H

#include "audit/score_book.h"
#include "audit/waivers.h"
#include "audit/word_book.h"

/* The order is that of the table in rule_book.c. */
enum limit {
	LIMIT_HOME_DAYS,
	LIMIT_STALE_NEWS_COLUMNS,
	LIMIT_STALE_COLUMNS,
	LIMIT_EMPTY_COLUMNS,
	LIMIT_COLUMN_WARNING_DAYS,
	LIMIT_FEW_ITEMS,
	LIMIT_FEW_ITEMS_DAYS,
	LIMIT_MESSAGE_DAYS,
	LIMIT_MESSAGE_WARNING_DAYS,
	LIMIT_MESSAGE_VETO_DAYS,
	LIMIT_ANSWERS_DAYS,
	LIMIT_STATISTICS_DAYS,
	LIMIT_RESULT_DAYS,
	LIMIT_ANSWER_CHARACTERS,
	LIMIT_KNOWLEDGE_ITEMS,
	LIMIT_GUIDE_CLASSES,
	LIMIT_GUIDE_ITEMS,
	LIMIT_PROFILE_YEARS,
	LIMIT_SERVICE_STATISTICS_DAYS,
	LIMIT_INTERPRETATION_DAYS,
	LIMIT_TITLE_CHARACTERS,
	LIMIT_EQUAL_MOMENTS,
	LIMIT_DATE_TOLERANCE_DAYS,
	LIMIT_COPY_PERCENT,
	LIMIT_COPY_DAYS,
	LIMIT_COPY_CHARACTERS,
	LIMIT_MASKED_DIGITS,
	LIMIT_COLUMN_LEVELS,
	LIMIT_DESCRIPTION_CHARACTERS,
	LIMIT_INSPECTION_DAYS,
	LIMIT_NOTICE_DAYS,
	LIMIT_OFFLINE_DAYS,
	LIMIT_OFFLINE_TIMES,
	LIMIT_REPORT_DAY,
	LIMIT_PAGE_KILOBYTES,
	LIMIT_CODE_KILOBYTES,
	LIMIT_PICTURE_KILOBYTES,
	LIMIT_SECURITY_DAYS,
	LIMIT_CRITICISM_DAYS,
	LIMIT_PROBES,
	LIMIT_FAILED_PERCENT,
	LIMIT_CORRECTION_DAYS,
	LIMIT_DOMAIN_DAYS,
	LIMIT_REPRINT_DAYS,
	LIMIT_THEME_COLOURS,
	LIMIT_COUNT
};

struct limit_value {
	uint32_t value;
	str source;
	int mark; /* enum rule_mark */
};

/* sites/rules/sources.yaml */
struct source_book {
	struct text_list names;		 /* whom texts may be taken from */
	struct text_list endings;	 /* of such names */
	struct text_list contact_fields; /* whose numbers are for the public */
	struct text_list mail_hosts;	 /* of private mailboxes */
	struct text_list bad_hosts;
	struct text_list approved_hosts;
	struct text_list map_words; /* what pictures that are maps are called */
	struct text_list map_exceptions;
	struct text_list jargon;	/* what no column is called */
	struct text_list vague_links;	/* what says not where a link leads */
	struct text_list stock_answers; /* what every answer could say */
};

/* sites/rules/reprints.yaml: what is to be taken over within a day. */
struct reprint {
	str title;
	str url; /* of the original: `source_url` of what takes it over */
	struct moment published;
	struct span span;
};

struct reprint_list {
	const struct reprint *items;
	size_t count;
};

struct rule_book {
	struct limit_value limits[LIMIT_COUNT];
	struct word_book words;
	struct source_book sources;
	struct score_book scores;
	struct waivers waivers;
	struct reprint_list reprints;
};

/* As limits.yaml has it, and what it means; translated. */
const char *limit_key(enum limit limit);
const char *limit_about(enum limit limit);

#define RULES_FOLDER "sites/rules/"
#define LIMITS_PATH RULES_FOLDER "limits.yaml"

struct snapshot;
struct snapshot_reader;

struct rule_book_sources {
	const struct snapshot *snapshot; /* NULL: the program's rules alone */
	struct snapshot_reader *reader;
	int32_t offset; /* the platform's time zone, minutes */
	struct date today;
};

/* Mistakes in the platform's files are told; it does not fail otherwise. */
void rule_book_read(struct rule_book *out, const struct rule_book_sources *from,
		    struct arena *arena, struct diag_list *diags);

static inline uint32_t rule_book_limit(const struct rule_book *book,
				       enum limit limit)
{
	return book->limits[limit].value;
}

/* For help; ends with a row without rows. */
extern const struct setting_table rule_settings[];

#endif
