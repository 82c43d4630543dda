/*
 * Rules: what is judged of a library and of its written pages, beyond what is
 * said while they are read and made. base/rule_rows.h has one row for each.
 *
 * Always true: a rule is a function of its input; it changes nothing; of one
 * subject it says the same whoever asks, in whatever order. A rule of resources
 * or columns is given no more than what its findings are kept with: audit/
 * judge.c says them again as long as that is the same. The day is there for
 * rules alone whose row says that they depend on it.
 */
#ifndef JIYUE_AUDIT_RULE_H
#define JIYUE_AUDIT_RULE_H

#include "audit/rule_book.h"
#include "audit/scanned_text.h"
#include "library/front_matter.h"
#include "plan/build_record.h"
#include "plan/page_plan.h"

enum rule_scope {
	RULE_RESOURCE, /* one with a page */
	RULE_COLUMN,
	RULE_SITE,
	RULE_PAGES, /* the finished pages of a site */
	RULE_CLUSTER,
};

enum rule_when {
	RULE_BUILD = 1, /* in a build and in a check */
	RULE_CHECK = 2, /* in a check alone */
	RULE_DATED = 4, /* depends on the day */
	/* in a daily check: what time alone brings about is nobody's commit */
	RULE_DAILY = 8 | RULE_DATED,
};

struct page_links_found;
struct text_twins;

/*
 * The bytes of a page of the site as they are published. False when there is
 * no such page, or with a failure when it cannot be read.
 */
typedef bool rule_read_page(void *context, const struct site *site, str path,
			    str *out, struct arena *arena,
			    struct diag_list *diags);

/* What of the written pages is known; whoever judges gives what it has. */
struct rule_facts {
	void *context;
	rule_read_page *read_page;
	/* has the page the bytes that an earlier proof has read? or NULL */
	bool (*is_kept)(void *context, const struct site *site, str path);
	uint32_t sets; /* bit set of enum column_set: to be proven */
	struct digest
		*notes; /* of an earlier proof, or NULL: see column_sets.h */
	const struct page_links_found *links;
	const struct text_twins *twins; /* of a check */
	const struct list *dates;	/* of a check: struct date_change */
	/* what the pages of a site lead to, by number of the page */
	const struct dependency_list *(*leads_to)(void *context,
						  const struct site_plan *site,
						  size_t page);
};

/* The text of a resource, for rules that ask: most are never read. */
struct rule_text {
	void *context;
	const struct extract *(*extract)(void *context);
	/* the same as rules about words have it */
	const struct scanned_text *(*scan)(void *context);
	/* its fields, or NULL when they cannot be had */
	const struct front_matter *(*matter)(void *context);
	/* the first place in its file that has these words */
	struct span (*find)(void *context, str words);
};

/* One subject; what is not of the scope is empty. */
struct rule_input {
	const struct rule_book *book; /* of a check; NULL in a build */
	/* RESOURCE */
	const struct resource *resource;
	const struct resource_type *type;
	const struct rule_text *text;
	const struct holidays *holidays;
	/* the commit that brought its file in; not that of the first texts */
	struct moment created;
	/* SITE, COLUMN, and of a RESOURCE: where it is published */
	const struct site *site;
	const struct column *column;
	/* COLUMN: of it what the column's list has; SITE, CLUSTER: all */
	const struct arrangement *arrangement;
	/* of a rule that is dated */
	struct date today;
	/* PAGES, CLUSTER */
	const struct page_plan *plan;
	const struct rule_facts *facts;
	const struct site_plan *site_plan; /* PAGES */

	struct arena *arena; /* until the next subject */
};

static inline const struct scanned_text *
rule_scanned(const struct rule_input *input)
{
	return input->text->scan(input->text->context);
}

/* A field of its front matter, by its key; NULL when there is none to be had.
 */
static inline const struct field_value *
rule_field(const struct rule_input *input, str key)
{
	const struct front_matter *matter =
		input->text->matter(input->text->context);

	return matter == NULL ? NULL : front_matter_value(matter, key);
}

static inline bool rule_type_has(const struct rule_input *input, str key)
{
	return resource_type_field(input->type, key) != FIELD_NONE;
}

static inline struct span rule_place(const struct rule_input *input, str words)
{
	return input->text->find(input->text->context, words);
}

struct rule;

/* Where a rule says what it found. */
struct finding_log {
	const struct rule *rule;
	struct diag_list *diags;
};

typedef void rule_function(const struct rule_input *input,
			   struct finding_log *log);

struct rule {
	const char *id;
	enum rule_scope scope;
	enum diag_level level;
	unsigned when; /* enum rule_when */
	rule_function *judge;
	const char *basis; /* translated where it is shown */
	const char *title;
};

extern const struct rule rules[];
extern const size_t rule_count;

const char *rule_scope_name(enum rule_scope scope);

/* A finding at a place; the result is for diag_help and `path`, at once. */
__attribute__((format(printf, 3, 4))) struct diag *
finding_add(struct finding_log *log, struct span span, const char *format, ...);

enum rule_dates {
	RULES_UNDATED = 1,
	RULES_DATED = 2,
	RULES_ALL = RULES_UNDATED | RULES_DATED,
};

/* Which rules: those of a build, or of a check too. */
struct rule_choice {
	enum rule_scope scope;
	bool is_check;
	bool is_daily;	/* a check of the daily rules too */
	unsigned dates; /* bit set of enum rule_dates */
};

bool rules_has(const struct rule_choice *choice);

/* Judges one subject; returns how many rules did. */
size_t rules_judge(const struct rule_input *input,
		   const struct rule_choice *choice, struct diag_list *diags);

#endif
