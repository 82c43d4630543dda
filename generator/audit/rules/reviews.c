/*
 * The review of texts (rules.md R-REV), of sites that ask for it: what commits
 * say, as site/reviews.h judges it. What is published was reviewed, or is from
 * before reviews began; so most of this is about what waits, and tells an
 * inspector what was tried.
 *
 * One verdict serves all: a rule looks at texts that wait, or at those that are
 * published as they were written.
 */
#include "audit/rule.h"
#include "plan/permalink.h"
#include "site/reviews.h"

rule_function rule_review_author, rule_review_changed, rule_review_missing,
	rule_review_order, rule_review_same, rule_review_secrecy,
	rule_review_shared;

struct looking {
	const struct rule_input *input;
	const struct reviews *reviews;
	struct finding_log *log;
};

/* A text, what was done about it, and the line that does not count, if any. */
struct looked_at {
	str path;
	uint32_t number;		 /* of the resource */
	const struct resource *resource; /* NULL: it waits */
	struct review_verdict verdict;
};

typedef void look(const struct looking *looking, const struct looked_at *text);

static const uint8_t *blob_of(const struct reviews *reviews, uint32_t file)
{
	return (const uint8_t *)snapshot_blob(reviews_written(reviews), file)
		.data;
}

static void judge(struct looked_at *text, const struct reviews *reviews,
		  uint32_t file)
{
	text->path = snapshot_path(reviews_written(reviews), file);
	reviews_judge(&text->verdict, reviews,
		      reviews_asker(reviews, text->path),
		      blob_of(reviews, file));
}

static void each_waiting(const struct rule_input *input,
			 struct finding_log *log, look *at)
{
	const struct looking looking = { input,
					 input->arrangement->cluster->reviews,
					 log };
	const struct review_wait *waits;
	size_t count;

	if (looking.reviews == NULL)
		return;
	waits = reviews_waiting(looking.reviews)->items;
	count = reviews_waiting(looking.reviews)->count;
	for (size_t i = 0; i < count; i++) {
		struct looked_at text = { .resource = NULL };

		judge(&text, looking.reviews, waits[i].file);
		at(&looking, &text);
	}
}

static void each_published(const struct rule_input *input,
			   struct finding_log *log, look *at)
{
	const struct catalog *catalog = input->arrangement->catalog;
	const struct looking looking = { input,
					 input->arrangement->cluster->reviews,
					 log };

	for (uint32_t i = 0; looking.reviews != NULL && i < catalog->count;
	     i++) {
		uint32_t file = catalog_file(catalog, i);
		struct resource resource;
		struct looked_at text = { .number = i, .resource = &resource };

		if (arrangement_of(input->arrangement, i).column == NULL ||
		    reviews_wait_of(looking.reviews, file) != NULL ||
		    reviews_asker(looking.reviews,
				  snapshot_path(catalog->snapshot, file)) ==
			    NULL)
			continue;
		catalog_get(&resource, catalog, i);
		judge(&text, looking.reviews, file);
		at(&looking, &text);
	}
}

/* A finding about the whole file. */
static void tell(const struct looking *looking, const struct looked_at *text,
		 const char *what, const char *help)
{
	struct diag *diag = finding_add(looking->log, span_none(), "%s", what);

	diag->path = text->path;
	if (text->resource == NULL)
		diag->cost = _("this version is not published");
	diag_help(looking->log->diags, diag, "%s", help);
}

/* The same with the commit at fault. */
static void tell_flaw(const struct looking *looking,
		      const struct looked_at *text, enum review_flaw flaw,
		      const char *help)
{
	str what = review_flaw_text(flaw, text->verdict.flaws[flaw],
				    looking->input->arena);

	tell(looking, text, arena_c_string(looking->input->arena, what), help);
}

/* --- R-REV-01 ------------------------------------------------------------- */

static void look_at_missing(const struct looking *looking,
			    const struct looked_at *text)
{
	if (!text->verdict.is_whole)
		tell(looking, text,
		     _("the text is published and nobody has reviewed it: it "
		       "is "
		       "from before “review_since”"),
		     _("have it reviewed (jiyue review), or waive this for "
		       "what "
		       "was there before"));
}

void rule_review_missing(const struct rule_input *input,
			 struct finding_log *log)
{
	each_published(input, log, look_at_missing);
}

/* --- R-REV-02 ------------------------------------------------------------- */

static void look_at_same(const struct looking *looking,
			 const struct looked_at *text)
{
	if (text->verdict.flaws[FLAW_SAME] != NULL)
		tell_flaw(looking, text, FLAW_SAME,
			  _("somebody else publishes it; until then readers do "
			    "not see it"));
}

void rule_review_same(const struct rule_input *input, struct finding_log *log)
{
	each_waiting(input, log, look_at_same);
}

/* --- R-REV-03, R-REV-04 --------------------------------------------------- */

static bool is_by_publisher(const struct review_entry *entry)
{
	return entry != NULL && role_find(entry->role) == ROLE_PUBLISHER;
}

static void look_at_changed(const struct looking *looking,
			    const struct looked_at *text)
{
	if (is_by_publisher(text->verdict.flaws[FLAW_ORDER]))
		tell(looking, text,
		     _("what was to be published is not what went through its "
		       "reviews: the text was changed after them, or they "
		       "were never made"),
		     _("have it reviewed as it is now, then publish it: jiyue "
		       "review says who"));
}

/* A file that is newer than the last review of the text. */
static bool is_newer(const struct looking *looking,
		     const struct looked_at *text, size_t file)
{
	const struct file_history *history = looking->input->plan->history;

	return file != STR_NONE && history[file].changed.is_set &&
	       history[file].changed.seconds > text->verdict.reviewed;
}

static size_t newer_defaults(const struct looking *looking,
			     const struct looked_at *text)
{
	const struct snapshot *written = reviews_written(looking->reviews);

	for (size_t i = 0; i < text->path.len; i++) {
		size_t file;

		if (text->path.data[i] != '/')
			continue;
		file = snapshot_find(written,
				     arena_printf(looking->input->arena,
						  "%.*s/_defaults.yaml", (int)i,
						  text->path.data));
		if (is_newer(looking, text, file))
			return file;
	}
	return STR_NONE;
}

/* What the page of the text leads to; NULL when it is not known. */
static const struct dependency_list *links_of(const struct looking *looking,
					      const struct looked_at *text)
{
	const struct rule_input *input = looking->input;
	struct placement placement =
		arrangement_of(input->arrangement, text->number);
	const struct site_plan *site;
	const struct page *page;

	if (input->facts->leads_to == NULL || placement.site == NULL)
		return NULL;
	site = &input->plan->sites[placement.site->number];
	page = site_plan_find(
		site,
		permalink_path(text->resource, placement.column, input->arena));
	return page == NULL
		       ? NULL
		       : input->facts->leads_to(input->facts->context, site,
						(size_t)(page - site->pages));
}

/* A file that texts of a unit share, of those that the text leads to. */
static size_t newer_shared(const struct looking *looking,
			   const struct looked_at *text)
{
	const struct snapshot *written = reviews_written(looking->reviews);
	const struct dependency_list *links = links_of(looking, text);

	for (size_t i = 0; links != NULL && i < links->count; i++) {
		str name = links->names[i];
		size_t file;

		if (!dependency_is_file(name) ||
		    str_find(name, STR("/_files/")) == STR_NONE)
			continue;
		file = snapshot_find(written, str_from(name, 2));
		if (is_newer(looking, text, file))
			return file;
	}
	return STR_NONE;
}

/*
 * A review names the text's own file, and holds for the files beside it as they
 * were then (site/reviews_beside.c). What it inherits, and files that texts of
 * a unit share, are read as they are, and readers see it: changed later, it was
 * not before the reviewer's eyes.
 */
static void look_at_around(const struct looking *looking,
			   const struct looked_at *text)
{
	size_t file;

	if (!text->verdict.is_whole || looking->input->plan->history == NULL)
		return;
	file = newer_defaults(looking, text);
	if (file == STR_NONE)
		file = newer_shared(looking, text);
	if (file == STR_NONE)
		return;
	tell(looking, text,
	     arena_printf(looking->input->arena,
			  _("%.*s was changed after the text was reviewed, "
			    "and readers see it"),
			  STR_ARG(snapshot_path(
				  reviews_written(looking->reviews), file)))
		     .data,
	     _("have the text reviewed once more, with what it inherits and "
	       "leads to: commits with the same lines"));
}

void rule_review_changed(const struct rule_input *input,
			 struct finding_log *log)
{
	each_waiting(input, log, look_at_changed);
	each_published(input, log, look_at_around);
}

static void look_at_order(const struct looking *looking,
			  const struct looked_at *text)
{
	const struct review_entry *entry = text->verdict.flaws[FLAW_ORDER];

	if (entry != NULL && !is_by_publisher(entry))
		tell_flaw(looking, text, FLAW_ORDER,
			  _("the steps are taken in their order, the same one "
			    "once more if need be"));
}

/* A day without a time ends with its last minute. */
static void look_at_date(const struct looking *looking,
			 const struct looked_at *text)
{
	int32_t offset = looking->input->arrangement->cluster->platform.offset;
	const struct review_verdict *verdict = &text->verdict;
	struct moment date = text->resource->date;
	struct moment reviewed;
	bool is_late;

	if (!verdict->is_whole || verdict->reviewed == INT64_MIN)
		return;
	reviewed = moment_from_seconds(verdict->reviewed, offset);
	is_late = date.has_time ? date.seconds < reviewed.seconds
				: date_compare(moment_date(date),
					       moment_date(reviewed)) < 0;
	if (is_late)
		diag_help(
			looking->log->diags,
			finding_add(looking->log, text->resource->date_span,
				    _("the date of publishing lies before the "
				      "last review")),
			"%s",
			_("what is published was reviewed before (先审后发): "
			  "write the date on which it was published"));
}

void rule_review_order(const struct rule_input *input, struct finding_log *log)
{
	each_waiting(input, log, look_at_order);
	each_published(input, log, look_at_date);
}

/* --- R-REV-05 ------------------------------------------------------------- */

/* Of a resource alone: its site's settings are what findings are kept with. */
void rule_review_secrecy(const struct rule_input *input,
			 struct finding_log *log)
{
	const struct field_value *field;

	if (input->site == NULL || input->site->review == REVIEW_OFF)
		return;
	field = rule_field(input, STR("secrecy_review"));
	if (field == NULL || field->node != NULL)
		return;
	diag_help(log->diags,
		  finding_add(log, input->resource->title_span,
			      _("nothing says that the text was reviewed for "
				"secrecy")),
		  "%s",
		  _("write “secrecy_review: {role: 保密审查岗, date: "
		    "2026-01-02, result: 可以公开}”"));
}

/* --- R-REV-06 ------------------------------------------------------------- */

static void look_at_shared(const struct looking *looking,
			   const struct looked_at *text)
{
	if (text->verdict.is_whole && text->verdict.is_shared)
		tell(looking, text,
		     _("one commit reviews this text together with others, or "
		       "another text has the same words"),
		     _("one text, one review (一事一审): jiyue review approve "
		       "writes a commit for each"));
}

void rule_review_shared(const struct rule_input *input, struct finding_log *log)
{
	each_published(input, log, look_at_shared);
}

/* --- R-REV-07 ------------------------------------------------------------- */

static void look_at_author(const struct looking *looking,
			   const struct looked_at *text)
{
	if (text->verdict.flaws[FLAW_AUTHOR] != NULL)
		tell_flaw(looking, text, FLAW_AUTHOR,
			  _("each takes a step in a commit of his own: jiyue "
			    "review approve"));
}

void rule_review_author(const struct rule_input *input, struct finding_log *log)
{
	each_waiting(input, log, look_at_author);
}
