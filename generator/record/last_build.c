#include "record/last_build.h"

#include <string.h>

#include "base/pack.h"
#include "snapshot/history.h"

_Static_assert(sizeof(struct last_build) == 40 + 9 * sizeof(uint64_t),
	       "it is kept as bytes: nothing between its members");

static const char name[] = "last";

bool last_build_read(struct last_build *out, const struct store *store)
{
	str value = store_get(store, STORE_LAST_BUILD, str_from_c(name));

	return value.len == sizeof(*out) &&
	       unpack_bytes(out, sizeof(*out), &value);
}

bool last_build_resolve(struct last_build *out,
			const struct build_request *request,
			struct arena *arena, struct diag_list *diags)
{
	struct digest place = { 0 };
	str input;

	*out = (struct last_build){ 0 };
	if (request->worktree)
		input = history_head(request->library, arena);
	else if (!snapshot_resolve(&input, request->library, request->revision,
				   arena, diags))
		return false;
	memcpy(out->revision, input.data, sizeof(out->revision));
	digest_add(&place, str_from(input, sizeof(out->revision)));
	digest_add_number(&place, (uint64_t)request->front_matter_dates |
					  (uint64_t)request->worktree << 1 |
					  (uint64_t)request->drafts << 2);
	out->place = place.low;
	if (request->as_of_text != NULL)
		out->as_of_text =
			digest_hash(str_from_c(request->as_of_text)) | 1;
	return true;
}

void last_build_set_revision(struct last_build *last,
			     const struct snapshot *snapshot)
{
	if (snapshot->revision.len == sizeof(last->revision))
		memcpy(last->revision, snapshot->revision.data,
		       sizeof(last->revision));
}

/*
 * A day of --as-of is of the platform's time zone, which is not known yet; but
 * the same text for the same revision is the same moment.
 */
bool last_build_is_current(const struct last_build *last,
			   const struct last_build *now,
			   const struct build_request *request)
{
	if (memcmp(last->revision, now->revision, sizeof(now->revision)) != 0 ||
	    last->place != now->place || last->as_of_text != now->as_of_text)
		return false;
	return request->as_of_text != NULL ||
	       (request->as_of.seconds >= last->as_of &&
		request->as_of.seconds < last->next);
}

bool last_build_forget(struct store *store, struct diag_list *diags)
{
	return store_remove(store, STORE_LAST_BUILD, str_from_c(name), diags);
}

bool last_build_write(struct store *store, const struct last_build *last,
		      struct diag_list *diags)
{
	return store_put(store, STORE_LAST_BUILD, str_from_c(name),
			 (str){ (const char *)last, sizeof(*last) }, diags);
}
