/*
 * The record of the last build, plan image and metadata included, with bytes
 * in it that somebody else wrote. A build reads it while it goes from one
 * revision to the next; it ends, and reads nothing that is not there. When it
 * was bytes of the plan's image alone, and their checksums are not right, its
 * pages are those of a clean build.
 *
 * An input is edits of four bytes and more: which value (the highest bit: with
 * its checksums), where in it (two bytes), how many bytes (or a cut, when there
 * are none), the bytes.
 */
#include "base/trust.h"
#include "support/kept_build.h"
#include "support/no_sync.h"
#include "tests/fuzz/support/input.h"

static struct kept_build *build_of_all(void)
{
	static struct kept_build kept;
	static bool is_set_up;

	if (is_set_up)
		return &kept;
	is_set_up = true;
	no_sync();
	kept_build_init(&kept);
	return &kept;
}

/* One edit off the front of the input; whether all that it damages is seen. */
static bool edit(const struct kept_build *kept, struct store *store, str *input,
		 struct arena *arena, struct diag_list *diags)
{
	enum { FORGED = 0x80 };
	const unsigned char *head = (const unsigned char *)input->data;
	const struct kept_value *value =
		&kept->values[(head[0] & ~(unsigned)FORGED) %
			      kept->value_count];
	str old = store_get(store, value->kind, value->name);
	size_t at = head[1] + 256u * head[2];
	bool is_forged = (head[0] & FORGED) != 0;
	str bytes = str_between(*input, 4, 4 + (size_t)head[3]);
	struct buf changed;

	*input = str_from(*input, 4 + bytes.len);
	at = old.len == 0 ? 0 : at % old.len;
	buf_init(&changed, arena);
	buf_add(&changed, str_between(old, 0, at));
	buf_add(&changed, bytes);
	if (bytes.len > 0 && at + bytes.len < old.len)
		buf_add(&changed, str_from(old, at + bytes.len));
	fuzz_require(store_put(store, value->kind, value->name,
			       buf_str(&changed), diags),
		     "the value can be put");
	if (is_forged && value->kind == STORE_PLAN_IMAGE && value->is_array)
		fuzz_require(store_put(store, STORE_PLAN_SUMS, value->name,
				       trust_sums(buf_str(&changed), arena),
				       diags),
			     "the checksums can be put");
	return value->is_array && !is_forged;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { EDITS = 4, HEAD = 4 };
	struct kept_build *kept = build_of_all();
	str input = { (const char *)data, size };
	struct diag_list diags;
	struct arena arena;
	struct store *store;
	bool is_seen = true;

	if (size <= HEAD)
		return -1;
	arena_init(&arena);
	diag_list_init(&diags, &arena);
	store = kept_build_edit(kept, &arena, &diags);
	for (size_t i = 0; i < EDITS && input.len > HEAD; i++)
		is_seen &= edit(kept, store, &input, &arena, &diags);
	kept_build_edited(store, &diags);
	kept_build_run(kept);
	fuzz_require(!is_seen || kept_build_is_right(kept),
		     "the pages are those of a clean build");
	kept_build_mend(kept);
	arena_release(&arena);
	return 0;
}
