#include "base/digest.h"

#include <inttypes.h>

#include <xxhash.h>

struct digest digest_of(str data)
{
	XXH128_hash_t hash = XXH3_128bits(data.data, data.len);

	return (struct digest){ hash.high64, hash.low64 };
}

void digest_add_digest(struct digest *digest, struct digest other)
{
	uint64_t words[4] = { digest->high, digest->low, other.high,
			      other.low };

	*digest = digest_of((str){ (const char *)words, sizeof(words) });
}

void digest_add(struct digest *digest, str data)
{
	digest_add_digest(digest, digest_of(data));
}

void digest_add_number(struct digest *digest, uint64_t number)
{
	digest_add_digest(digest, (struct digest){ 1, number });
}

bool digest_equal(struct digest a, struct digest b)
{
	return a.high == b.high && a.low == b.low;
}

void digest_print(struct buf *out, struct digest digest)
{
	buf_printf(out, "%016" PRIx64 "%016" PRIx64, digest.high, digest.low);
}

uint64_t digest_hash(str data)
{
	return XXH3_64bits(data.data, data.len);
}
