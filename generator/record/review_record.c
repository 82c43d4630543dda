#include "record/review_record.h"

void review_record_read(struct review_log *log, const struct store *store)
{
	review_log_unpack(log, store_get(store, STORE_REVIEWS, STR("reviews")));
}

bool review_record_write(struct store *store, const struct review_log *log,
			 struct diag_list *diags)
{
	struct arena scratch;
	struct buf bytes;
	bool ok;

	arena_init(&scratch);
	buf_init(&bytes, &scratch);
	if (log != NULL)
		review_log_pack(&bytes, log);
	ok = store_keep(store, STORE_REVIEWS, STR("reviews"), buf_str(&bytes),
			diags);
	arena_release(&scratch);
	return ok;
}
