/*
 * Whether a recalled plan is right can only be told in steps: before anything
 * is made (dates, settings, metadata), and after its pages are made (what they
 * lead to, whether a mistake came up). At any doubt the build begins anew
 * without it, which costs the time that was to be saved and nothing else.
 */
#include "pipeline/recall.h"

#include "pipeline/redirect_file.h"
#include "pipeline/request.h"
#include "site/reviews.h"

/* Time does not go back, and archives no column meanwhile. */
static bool is_in_time(const struct build *build)
{
	const struct last_build *last = &build->recall->last;
	struct moment before = { .seconds = last->as_of, .is_set = true };
	int64_t as_of = build->library.as_of.seconds;

	return as_of >= last->as_of &&
	       cluster_next(&build->library.cluster, before) > as_of;
}

/*
 * What was said of settings is said again from the record: they are the same,
 * and what is said of them now tells whether the folders and texts that they
 * name are.
 */
static bool says_the_same(const struct build *build)
{
	uint64_t told = build->library.settings_told;

	return !build->recall->is_edited ||
	       (told == build->recall->last.settings &&
		told != SETTINGS_UNKNOWN);
}

static bool read_settings(struct build *build)
{
	struct library *library = &build->library;
	struct recall *recall = build->recall;
	struct diag_list said;

	/* with the limits of the list that was kept */
	diag_list_init_part(&said, &library->arena, &build->rest);
	if (library->reader == NULL)
		library->reader =
			snapshot_reader_open(&library->snapshot, &build->diags);
	if (library->reader == NULL || !library_read_settings(library, &said) ||
	    !findings_are_mild(&said) || !says_the_same(build))
		return false;
	diag_set_levels(&build->diags, said.levels);
	recall_set_offset(recall, library->cluster.platform.offset);
	library_settle_as_of(library);
	return true;
}

static bool read_image(struct build *build)
{
	struct library *library = &build->library;
	struct recall *recall = build->recall;
	const struct plan_image_options options = {
		.snapshot = &library->snapshot,
		.cluster = &library->cluster,
		.as_of = library->as_of,
		.drafts = library->options->drafts,
		.store = build->store,
	};

	recall->image.catalog = &library->catalog;
	recall->image.arrangement = &library->arrangement;
	return recall_read(recall, &options, library->reader);
}

static void plan(struct build *build)
{
	struct library *library = &build->library;
	struct recall *recall = build->recall;
	const struct cluster *cluster = &library->cluster;

	library->themes = arena_array(&library->arena, cluster->count,
				      sizeof(*library->themes));
	library->has_known_themes = true;
	for (size_t i = 0; i < cluster->count; i++)
		if (recall->wanted[i])
			library_load_theme(library, &cluster->sites[i],
					   &build->diags);
	recall_plan(recall, &library->plan, library->themes, build->store,
		    &build->diags);
}

/*
 * What was said of names is said again from the record, when it was the same.
 */
static bool list_tree(struct build *build)
{
	struct diag_list said;

	if (!build->options->library.worktree)
		return true;
	diag_list_init(&said, &build->library.arena);
	return library_list(&build->library, -1, &said) &&
	       diag_list_digest(&said) == build->recall->last.names;
}

/* Of a work tree HEAD counts, whose dates its files have. */
static bool resolve(struct build *build, const struct build_request *request)
{
	struct recall *recall = build->recall;

	recall->now = build->now;
	return request->worktree
		       ? memcmp(recall->now.revision, recall->last.revision,
				sizeof(recall->now.revision)) == 0
		       : last_build_resolve(&recall->now, request,
					    recall->arena, &build->diags);
}

/* Is it not published as it is? A draft waits for nothing. */
static bool waits(const struct library *library, uint32_t number)
{
	const struct catalog *catalog = &library->catalog;
	const struct review_gate *gate = reviews_gate(library->reviews);
	uint32_t file = catalog_file(catalog, number);
	str path = snapshot_path(&library->snapshot, file);
	struct resource resource;

	if (!gate->asks(gate->context, path))
		return false;
	if (gate->passes(gate->context, path,
			 snapshot_blob(&library->snapshot, file), STR("")))
		return reviews_holds_beside(library->reviews,
					    &library->snapshot, file);
	catalog_get(&resource, catalog, number);
	return resource.status != STATUS_DRAFT &&
	       resource.status != STATUS_IN_REVIEW;
}

/*
 * A commit that speaks of a review changes what is published, and no file. When
 * no text waited (there was no image otherwise) and none waits now, all are
 * what they are written.
 */
static bool nothing_waits(struct build *build)
{
	const struct library *library = &build->library;

	for (uint32_t i = 0;
	     library->reviews != NULL && i < library->catalog.count; i++)
		if (waits(library, i))
			return false;
	return true;
}

static bool read_reviews(struct build *build)
{
	build_begin_reviews(build);
	return library_read_reviews(&build->library, &build->diags);
}

static bool try_open(struct build *build)
{
	struct recall *recall = build->recall;
	const struct build_request request = build_request_of(build->options);

	if (!resolve(build, &request) ||
	    recall->now.place != recall->last.place || !list_tree(build) ||
	    !recall_list(recall, &build->library.snapshot, &request,
			 build->store, &build->diags) ||
	    !read_settings(build) || !read_reviews(build) ||
	    build->diags.count > 0 || !is_in_time(build) ||
	    !read_image(build) || !nothing_waits(build))
		return false;
	recall_choose_sites(recall);
	plan(build);
	return build->diags.count == 0 && !recall->trust.is_lost;
}

bool recall_open(struct build *build)
{
	const struct build_options *options = build->options;
	struct recall *recall =
		arena_alloc(&build->library.arena, sizeof(*recall));

	recall->arena = &build->library.arena;
	if (!store_is_intact(build->store) || options->site != NULL ||
	    options->library.front_matter_dates ||
	    !last_build_read(&recall->last, build->store) ||
	    !build_has_all_sites(build))
		return false;
	build->recall = recall;
	if (try_open(build)) {
		build->result =
			(struct build_result){ .pages = recall->last.pages,
					       .sites = recall->last.sites };
		return true;
	}
	/* whatever was tried leaves nothing behind */
	library_close(&build->library);
	library_init(&build->library, &options->library);
	build_init_messages(build);
	build->recall = NULL;
	return false;
}

/* A mistake may be one of a plan that has not all pages. */
static bool is_all_kept(const struct page_work *work)
{
	for (size_t i = 0; i < work->item_count; i++)
		if (work->told[work->items[i]] == TOLD_LOST)
			return false;
	return true;
}

static bool has_name(const struct dependency_list *list, str name)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_equal(list->names[i], name))
			return true;
	return false;
}

static bool has_all(const struct dependency_list *of,
		    const struct dependency_list *in)
{
	for (size_t i = 0; i < of->count; i++)
		if (dependency_is_file(of->names[i]) &&
		    !has_name(in, of->names[i]))
			return false;
	return true;
}

static bool leads_to_file(const struct dependency_list *list)
{
	static const struct dependency_list none = { NULL, 0 };

	return !has_all(list, &none);
}

/*
 * Does every page that was made still lead to the same files? If not, one may
 * be without any page now, or have one.
 */
static bool leads_to_same_files(const struct page_work *work)
{
	for (size_t i = 0; i < work->item_count; i++) {
		size_t item = work->items[i];
		const struct dependency_list *now = &work->dependencies[item];

		if (work->known[item] == NULL && leads_to_file(now))
			return false;
		if (work->states[item] != WORK_KEPT &&
		    work->known[item] != NULL &&
		    (!has_all(&work->known[item]->dependencies, now) ||
		     !has_all(now, &work->known[item]->dependencies)))
			return false;
	}
	return true;
}

bool recall_holds(struct build *build, bool ok)
{
	struct recall *recall = build->recall;

	if (!ok || !findings_spare_plan(&build->diags) ||
	    recall->trust.is_lost || !is_all_kept(&build->work) ||
	    !leads_to_same_files(&build->work) ||
	    !redirect_file_recall(build) ||
	    !recall_repeat(recall, &build->work, build->store, &build->diags))
		return false;
	recall->said = build->diags.count;
	return !recall->trust.is_lost;
}
