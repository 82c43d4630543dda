/*
 * The forms that the annexes ask for (rules.md G): a table of fields each,
 * filled from a site's settings and from what people wrote down:
 *
 *	sites/<id>/records/site.yaml    head_name: 某某
 *
 * The same file is the record of what was approved: once it has approved_on
 * and approved_by, what the settings say otherwise is named beside it.
 *
 * Always true: what nobody knows is an empty field, never a guess; the order
 * of fields is the form's.
 */
#ifndef JIYUE_REPORT_FORMS_H
#define JIYUE_REPORT_FORMS_H

#include "audit/records.h"
#include "report/sheet.h"

struct form_field {
	const char *key;
	const char *label;
	const char *group; /* a head at the left of several; NULL: none */
	bool is_full;	   /* has a line of its own */
	bool is_opinion;   /* room for words, a seal and a date */
	const char *choices; /* "注册 注销 变更": boxes to be ticked; NULL */
	str (*known)(const struct site *site, struct arena *arena);
};

struct form {
	const char *name;
	const char *number; /* "附件1" */
	const char *title;
	const char *note; /* below it; NULL: none */
	const struct form_field *fields;
	size_t count;
};

extern const struct form forms[];
extern const size_t form_count;

/* NULL: there is none of this name. */
const struct form *form_find(const char *name);

/* False when the world fails; mistakes of the file are told. */
MUST_USE bool form_make(struct sheet *out, const struct form *form,
			const struct site *site,
			const struct record_source *from);

/* report/form_page.c: the page, by the template "form" of the theme. */
bool form_write_page(struct buf *out, const struct sheet *sheet,
		     const struct theme *theme, struct diag_list *diags);

#endif
