/*
 * Waivers: findings that the platform has decided to live with for a time, in
 * sites/rules/waivers.yaml.
 *
 *	waivers:
 *	  - rule: private-phone
 *	    path: content/jyj/lianxi/
 *	    reason: 值班电话，经本人同意公开
 *	    role: 市教育局网站负责人岗
 *	    until: 2026-12-31
 *
 * A path is that of a file, or of a page behind its domain
 * (jyj.example.cn/index.html). One that ends in "/" is for all below it;
 * "words" narrows it to findings
 * at that text. An expired one waives nothing, and is a finding; so is one that
 * nothing is found for.
 *
 * Always true: only messages that cost nothing are waived: whatever keeps a
 * text from being published has to be mended.
 */
#ifndef JIYUE_AUDIT_WAIVERS_H
#define JIYUE_AUDIT_WAIVERS_H

#include "base/diag.h"
#include "base/list.h"
#include "site/settings.h"

struct waiver {
	str rule;
	str path;
	str words; /* empty: whatever stands there */
	str reason;
	str role;
	struct moment until; /* its last day */
	struct span span;
	bool is_over;
	size_t used;
};

/* One finding that was waived. */
struct waived {
	str path; /* the file, or the page, that it is of */
	const struct waiver *waiver;
};

struct waivers {
	struct waiver *items;
	size_t count;
	struct list waived; /* struct waived, once they were applied */
};

/* The root of the file; false after a mistake. */
MUST_USE bool waivers_read(struct waivers *out, const struct yaml_node *root,
			   const struct settings_reader *reader,
			   struct date today);

/*
 * Takes what is waived out of the sorted list, shows at most `limit` of each
 * kind of the rest, and returns how many. A file is read once, and only when a
 * waiver names words.
 */
size_t waivers_apply(struct waivers *waivers, struct diag_list *diags,
		     const struct source_reader *reader, size_t limit,
		     struct arena *arena);

/*
 * Tells which of them waived nothing when they were applied; true: the list is
 * to be sorted again.
 */
MUST_USE bool waivers_tell_unused(const struct waivers *waivers, bool is_daily,
				  struct diag_list *diags);

extern const struct setting_table waiver_settings[];

#endif
