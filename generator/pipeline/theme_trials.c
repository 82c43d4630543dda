#include "pipeline/theme_trials.h"

void theme_trials_init(struct theme_trials *trials)
{
	arena_init(&trials->arena);
	list_init(&trials->items, sizeof(struct theme_trial));
	diag_list_init(&trials->diags, &trials->arena);
}

void theme_trials_release(struct theme_trials *trials)
{
	arena_release(&trials->arena);
}

struct theme_trial *theme_trials_find(const struct theme_trials *trials,
				      str site)
{
	struct theme_trial *items = trials == NULL ? NULL : trials->items.items;

	for (size_t i = 0; items != NULL && i < trials->items.count; i++)
		if (str_equal(items[i].site, site))
			return &items[i];
	return NULL;
}

bool theme_trial_has(const struct theme_trial *trial, str version)
{
	if (trial == NULL || trial->is_over)
		return false;
	for (size_t i = 0; i < trial->count; i++)
		if (str_equal(trial->versions[i], version))
			return true;
	return false;
}

static bool cannot_make_all(const struct page_work *work, size_t site)
{
	size_t first = work->site_starts[site];

	for (size_t i = 0; i < work->plan->sites[site].count; i++)
		if (work->is_beyond[first + i])
			return true;
	return false;
}

/* Of files as they are today; nobody looks into those of the past. */
static void keep_messages(struct theme_trials *trials,
			  const struct diag_list *said)
{
	const struct diag *items = said->items.items;

	for (size_t i = 0; i < said->items.count; i++)
		if (str_starts_with(str_from_c(items[i].id),
				    STR("template-")) &&
		    !source_is_earlier(items[i].span.source) &&
		    items[i].span.source != SOURCE_NONE)
			diag_repeat(&trials->diags, &items[i]);
}

static bool note(struct theme_trials *trials, const struct site *site,
		 const struct theme *theme, const struct diag_list *said)
{
	struct theme_trial *trial = theme_trials_find(trials, site->id);

	if (trial == NULL) {
		trial = list_add(&trials->items, &trials->arena);
		*trial = (struct theme_trial){
			.site = arena_copy(&trials->arena, site->id),
		};
	}
	if (trial->is_over)
		return false;
	if (theme->earlier == NULL)
		keep_messages(trials, said);
	trial->is_over = trial->count == THEME_TRIALS;
	if (!trial->is_over)
		trial->versions[trial->count++] =
			theme->earlier == NULL
				? STR("")
				: arena_copy(&trials->arena,
					     theme->earlier->revision);
	return true;
}

bool theme_trials_note(struct theme_trials *trials,
		       const struct page_work *work,
		       const struct diag_list *said)
{
	bool is_new = false;

	if (work->items != NULL)
		return false; /* of a recalled plan, which does not hold */
	for (size_t i = 0; i < work->plan->count; i++)
		if (cannot_make_all(work, i))
			is_new |= note(trials, work->plan->sites[i].site,
				       work->plan->sites[i].theme, said);
	return is_new;
}
