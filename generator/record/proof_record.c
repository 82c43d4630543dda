#include "record/proof_record.h"

#include <string.h>

_Static_assert(sizeof(struct digest) == 2 * sizeof(uint64_t),
	       "it is kept as bytes: nothing between its members");

void proof_record_read(struct digest *out, size_t count,
		       const struct store *store, str domain)
{
	str known = store_get(store, STORE_PROOFS, domain);

	memset(out, 0, count * sizeof(*out));
	if (known.len == count * sizeof(*out))
		memcpy(out, known.data, known.len);
}

/* What is as it was is not written again. */
bool proof_record_write(struct store *store, str domain,
			const struct digest *notes, size_t count,
			struct diag_list *diags)
{
	str bytes = { (const char *)notes, count * sizeof(*notes) };

	return str_equal(store_get(store, STORE_PROOFS, domain), bytes) ||
	       store_put(store, STORE_PROOFS, domain, bytes, diags);
}
