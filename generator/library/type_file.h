/*
 * One file of library/types/ or sites/types/, checked by itself. What it says
 * of fields is applied to those that it builds on by library/type_maker.h.
 *
 *	label: 通知公告
 *	like: notice                    of the platform's own types
 *	template: article-notice        default: article-<name of the file>
 *	layout: services                how a list of nothing else looks: the
 *	                                template column-services; default: list
 *	needs_text: true                a page without a body is a mistake
 *	facts: [doc_no, valid_to]       what the page shows as a table
 *	parts: [question, answer]       what it shows below headings
 *	searched: [materials, steps]    what else the search finds it by
 *	listed: [opens_on, closes_on]   what lists know of it, too
 *	fields: [{key: …, label: …, kind: …}]
 *	needs: [{field: …, is: …, needs: …}]
 *	excludes: [{field: …, is: …, excludes: …, instead: …}]
 *	orders: [{field: …, at_most: …}]
 */
#ifndef JIYUE_LIBRARY_TYPE_FILE_H
#define JIYUE_LIBRARY_TYPE_FILE_H

#include "base/diag.h"
#include "base/digest.h"
#include "base/source.h"
#include "markup/yaml.h"

struct type_file {
	str name; /* of the file, without .yaml */
	struct span head;
	bool is_broken;	      /* said so */
	struct digest digest; /* of its bytes; zero in the program */

	str label;
	str template_name;
	struct span template_span;
	str layout;
	struct span layout_span;
	str like;
	struct span like_span;
	bool found_everywhere;
	bool needs_text;
	/* sequences of mappings, the first four of texts; NULL: not there */
	const struct yaml_node *facts;
	const struct yaml_node *parts;
	const struct yaml_node *searched;
	const struct yaml_node *listed;
	const struct yaml_node *fields;
	const struct yaml_node *needs;
	const struct yaml_node *excludes;
	const struct yaml_node *orders;
};

/*
 * Reads a file. Every mistake is recorded; false marks `out` as broken. Name
 * and digest are the caller's.
 */
MUST_USE bool type_file_read(struct type_file *out, const struct source *source,
			     struct arena *arena, struct diag_list *diags);

/* Says that a type of the platform's own has no label. */
void type_file_report_label(const struct type_file *file,
			    struct diag_list *diags);

#endif
