#include "base/trust.h"

#include "base/digest.h"

enum { BLOCK = 4096 };

struct range {
	str bytes;
	str sums;	     /* 64 bits a block, not aligned */
	unsigned char *seen; /* a bit a block */
};

static size_t count_blocks(str bytes)
{
	return bytes.len / BLOCK + (bytes.len % BLOCK != 0);
}

static uint64_t sum_of(str bytes, size_t block)
{
	return digest_hash(
		str_between(bytes, block * BLOCK, (block + 1) * BLOCK));
}

str trust_sums(str bytes, struct arena *arena)
{
	size_t count = count_blocks(bytes);
	uint64_t *sums = arena_array(arena, count, sizeof(*sums));

	for (size_t i = 0; i < count; i++)
		sums[i] = sum_of(bytes, i);
	return (str){ (const char *)sums, count * sizeof(*sums) };
}

void trust_init(struct trust *trust, struct arena *arena)
{
	*trust = (struct trust){ .arena = arena };
	list_init(&trust->ranges, sizeof(struct range));
}

bool trust_add(struct trust *trust, str bytes, str sums)
{
	size_t count = count_blocks(bytes);
	struct range *range;

	if (sums.len != count * sizeof(uint64_t))
		return false;
	range = list_add(&trust->ranges, trust->arena);
	range->bytes = bytes;
	range->sums = sums;
	range->seen = arena_array(trust->arena, count / 8 + 1, 1);
	trust->holds_all = false;
	return true;
}

static bool block_holds(struct range *range, size_t block)
{
	unsigned char bit = (unsigned char)(1u << block % 8);
	uint64_t sum;

	if (range->seen[block / 8] & bit)
		return true;
	memcpy(&sum, range->sums.data + block * sizeof(sum), sizeof(sum));
	range->seen[block / 8] |= bit;
	return sum == sum_of(range->bytes, block);
}

static bool has_byte(const struct range *range, const char *at)
{
	return at >= range->bytes.data &&
	       at < range->bytes.data + range->bytes.len;
}

/* Who asks for one item asks for the next one, mostly. */
static struct range *range_with(struct trust *trust, const char *at)
{
	struct range *ranges = trust->ranges.items;

	if (trust->last < trust->ranges.count &&
	    has_byte(&ranges[trust->last], at))
		return &ranges[trust->last];
	for (size_t i = 0; i < trust->ranges.count; i++)
		if (has_byte(&ranges[i], at)) {
			trust->last = i;
			return &ranges[i];
		}
	return NULL;
}

bool trust_holds(struct trust *trust, const void *at, size_t size)
{
	struct range *range;
	size_t first, last;

	if (trust->holds_all || size == 0)
		return !trust->is_lost;
	range = range_with(trust, at);
	if (range == NULL)
		return !trust->is_lost;
	first = (size_t)((const char *)at - range->bytes.data) / BLOCK;
	last = ((size_t)((const char *)at - range->bytes.data) + size - 1) /
	       BLOCK;
	for (size_t i = first; !trust->is_lost && i <= last; i++)
		trust->is_lost = i >= count_blocks(range->bytes) ||
				 !block_holds(range, i);
	return !trust->is_lost;
}

bool trust_holds_all(struct trust *trust)
{
	const struct range *ranges = trust->ranges.items;
	bool ok = !trust->is_lost;

	for (size_t i = 0; ok && i < trust->ranges.count; i++)
		ok = trust_holds(trust, ranges[i].bytes.data,
				 ranges[i].bytes.len);
	trust->holds_all = ok;
	return ok;
}
