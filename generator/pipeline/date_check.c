#include "pipeline/date_check.h"

#include "cache/store_keys.h"
#include "library/date_changes.h"

static const str log_name = { "dates", 5 };

static bool keep_log(struct store *store, const struct edit_log *log,
		     struct diag_list *diags)
{
	struct arena scratch;
	struct buf bytes;
	bool ok;

	arena_init(&scratch);
	buf_init(&bytes, &scratch);
	edit_log_pack(&bytes, log);
	ok = store_keep(store, STORE_HISTORY, log_name, buf_str(&bytes), diags);
	arena_release(&scratch);
	return ok;
}

bool date_check_run(struct list *out, const struct library *library,
		    struct store *store, struct arena *arena,
		    struct diag_list *diags)
{
	const struct page_plan *plan = &library->plan;
	const struct catalog *catalog = plan->arrangement->catalog;
	struct edit_log log;
	const struct date_history history = { &log, plan->history,
					      &library->renames };

	list_init(out, sizeof(struct date_change));
	if (library->options->front_matter_dates)
		return true;
	edit_log_init(&log, arena);
	if (store != NULL)
		edit_log_unpack(&log,
				store_get(store, STORE_HISTORY, log_name));
	if (!date_changes_log(&log, catalog, plan->snapshot, diags))
		return false;
	date_changes_list(out, catalog, &history, arena);
	return store == NULL || keep_log(store, &log, diags);
}
