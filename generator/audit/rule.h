/*
 * Rules: what is judged of a library and of its written pages, beyond what is
 * said while they are read and made. base/rule_rows.h has one row for each.
 *
 * Always true: a rule is a function of its input and, where its row says so, of
 * the date; it changes nothing; of one subject it says the same whoever asks,
 * in whatever order. So what it found of a subject can be kept and said again
 * (library/findings.h) as long as the input is the same.
 */
#ifndef JIYUE_AUDIT_RULE_H
#define JIYUE_AUDIT_RULE_H

#include "plan/build_record.h"
#include "plan/page_plan.h"

enum rule_scope {
	RULE_RESOURCE, /* one with a page */
	RULE_COLUMN,
	RULE_SITE,
	RULE_PAGE, /* with its bytes, as it is made */
	RULE_CLUSTER,
};

enum rule_when {
	RULE_BUILD = 1, /* in a build and in a check */
	RULE_CHECK = 2, /* in a check alone */
	RULE_DATED = 4, /* depends on the date */
};

struct page_links_found;

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
	const struct page_links_found *links;
	/* what the pages of a site lead to, by number of the page */
	const struct dependency_list *(*leads_to)(void *context,
						  const struct site_plan *site,
						  size_t page);
};

/* One subject; what is not of the scope is empty. */
struct rule_input {
	const struct page_plan *plan;
	const struct rule_facts *facts;
	const struct site_plan *site;
	const struct column *column;
	uint32_t resource;
	const struct page *page;
	str bytes;	     /* of the page */
	struct arena *arena; /* until the next subject */
};

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

/*
 * Judges subjects of one scope by all of its rules that are for a build, or for
 * a check too. The scope's own members of `input` are set by the caller for
 * sites and pages; resources, columns and the cluster are gone through here.
 */
struct rule_run {
	struct rule_input input;
	bool is_check;
	size_t judged; /* subjects, each once a rule */
};

void rules_judge_subject(struct rule_run *run, enum rule_scope scope,
			 struct diag_list *diags);
void rules_judge_library(struct rule_run *run, struct diag_list *diags);

#endif
