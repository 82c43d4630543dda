#include "record/version_record.h"

void version_record_read(struct version_memory *memory,
			 const struct store *store)
{
	version_memory_unpack(
		memory, store_get(store, STORE_VERSIONS, STR("versions")));
}

/* A library without mistakes leaves nothing behind. */
bool version_record_write(struct store *store,
			  const struct version_memory *memory,
			  struct diag_list *diags)
{
	struct arena scratch;
	struct buf bytes;
	bool ok;

	arena_init(&scratch);
	buf_init(&bytes, &scratch);
	version_memory_pack(&bytes, memory);
	ok = store_keep(store, STORE_VERSIONS, STR("versions"), buf_str(&bytes),
			diags);
	arena_release(&scratch);
	return ok;
}
