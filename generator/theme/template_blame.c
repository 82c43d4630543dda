/*
 * What a template lacks is found by the names of its blocks, out of one look at
 * those of all templates that fill it: all that is lacking is one message, as a
 * page's template of one's own mostly lacks many at once.
 */
#include "theme/template_blame.h"

#include <stdio.h>

enum {
	NAME_SIZE = 1200, /* of a template; above that of any path */
	LACK_LIMIT = 100, /* blocks that are looked for, of all templates */
	NAMES_SHOWN = 12, /* of blocks that a template lacks */
};

static str hidden_name(const struct template *template, char *buffer,
		       size_t size)
{
	int length =
		snprintf(buffer, size, "parent/%.*s", STR_ARG(template->name));

	return length < 0 || (size_t)length >= size
		       ? STR("")
		       : (str){ buffer, (size_t)length };
}

const struct template *template_hidden(const struct template_set *set,
				       const struct template *template)
{
	char buffer[NAME_SIZE];
	str name = hidden_name(template, buffer, sizeof(buffer));

	return name.len == 0 ? NULL : template_find(set, name);
}

const struct template *template_in_front(const struct template_set *set,
					 const struct template *called,
					 const struct template *weak)
{
	const struct template *found = NULL;

	while (called != NULL && called->layer < weak->layer) {
		found = called;
		called = template_hidden(set, called);
	}
	return found;
}

/* --- blocks that are not there -------------------------------------------- */

void block_lack_add(struct list *lacks, const struct template *template,
		    const struct node *override, struct arena *arena)
{
	const struct block_lack *items = lacks->items;

	if (lacks->count == LACK_LIMIT)
		return;
	for (size_t i = 0; i < lacks->count; i++)
		if (items[i].template == template &&
		    items[i].override->block == override->block)
			return;
	*(struct block_lack *)list_add(lacks, arena) =
		(struct block_lack){ template, override };
}

/* The block of the template that has nearly this name, or NULL. */
static const struct node *find_slip(const struct block_lack *lack,
				    struct arena *arena)
{
	const struct map *blocks = &lack->template->blocks;
	str nearest = template_nearest_key(blocks, lack->override->text, arena);

	return nearest.len == 0 ? NULL : map_get(blocks, nearest);
}

static void report_slip(const struct block_lack *lack, const struct node *slip,
			struct diag_list *diags)
{
	diag_help(diags,
		  diag_error(diags, node_span(lack->template, slip),
			     "template-block",
			     _("“%.*s” and others fill a block \"%.*s\", which "
			       "this template does not have"),
			     STR_ARG(lack->override->home->name),
			     STR_ARG(lack->override->text)),
		  _("did you mean \"%.*s\"?"), STR_ARG(lack->override->text));
}

static bool is_first_of_template(const struct list *lacks, size_t number)
{
	const struct block_lack *items = lacks->items;

	for (size_t i = 0; i < number; i++)
		if (items[i].template == items[number].template)
			return false;
	return true;
}

static str names_of(const struct list *lacks, const struct template *template,
		    struct arena *arena)
{
	const struct block_lack *items = lacks->items;
	size_t count = 0;
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < lacks->count; i++) {
		str name = items[i].override->text;

		if (items[i].template != template ||
		    find_slip(&items[i], arena) != NULL)
			continue;
		if (count++ == NAMES_SHOWN) {
			buf_add(&out, STR(", …"));
			break;
		}
		buf_printf(&out, "%s{{$%.*s}}", count == 1 ? "" : ", ",
			   STR_ARG(name));
	}
	return buf_str(&out);
}

static void report_template(const struct list *lacks,
			    const struct template *template,
			    struct arena *scratch, struct diag_list *diags)
{
	str names = names_of(lacks, template, scratch);
	struct diag *diag;

	if (names.len == 0)
		return;
	diag = diag_error(diags, span_of(&template->source, 0, 0),
			  "template-block",
			  _("this template lacks blocks that others fill: "
			    "%.*s"),
			  STR_ARG(names));
	diag_help(diags, diag,
		  _("write each where its content shall stand, as "
		    "“{{$x}}{{/x}}”; "
		    "or let the file begin with “{{<parent/%.*s}}” and have "
		    "only the blocks that shall be others"),
		  STR_ARG(template->name));
}

void block_lacks_report(const struct list *lacks, struct arena *scratch,
			struct diag_list *diags)
{
	const struct block_lack *items = lacks->items;

	for (size_t i = 0; i < lacks->count; i++) {
		const struct node *slip = find_slip(&items[i], scratch);

		if (slip != NULL)
			report_slip(&items[i], slip, diags);
		if (is_first_of_template(lacks, i))
			report_template(lacks, items[i].template, scratch,
					diags);
	}
}

/* --- what does not fit ---------------------------------------------------- */

void template_blame(const struct template *template, const struct node *node,
		    const struct template *home, const struct diag_list *said,
		    struct diag_list *diags)
{
	const struct diag *items = said->items.items;

	for (size_t i = 0; i < said->items.count; i++)
		diag_help(diags,
			  diag_error(
				  diags, node_span(template, node), items[i].id,
				  _("what “%.*s” has for this place does not "
				    "fit: %.*s"),
				  STR_ARG(home->name),
				  STR_ARG(items[i].message)),
			  _("change the place, or have a “%.*s” of your own "
			    "beside this file"),
			  STR_ARG(home->name));
}
