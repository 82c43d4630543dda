#include "record/standing.h"

#include "base/pack.h"

_Static_assert(sizeof(struct standing) == 40 + 2 * sizeof(uint64_t),
	       "it is kept as bytes: nothing between its members");

static const char name[] = "standing";

bool standing_read(struct standing *out, const struct store *store)
{
	str value = store_get(store, STORE_STANDING, str_from_c(name));

	return value.len == sizeof(*out) &&
	       unpack_bytes(out, sizeof(*out), &value);
}

bool standing_forget(struct store *store, struct diag_list *diags)
{
	return store_remove(store, STORE_STANDING, str_from_c(name), diags);
}

bool standing_write(struct store *store, const struct standing *standing,
		    struct diag_list *diags)
{
	return store_put(store, STORE_STANDING, str_from_c(name),
			 (str){ (const char *)standing, sizeof(*standing) },
			 diags);
}
