/* Shards of the search: what is written is read, and a change is the same. */
#include "render/search_shard.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static uint32_t next(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* Postings of some terms and blocks; `seed` says which. */
static void fill(struct search_postings *out, struct arena *arena,
		 uint32_t seed, size_t count)
{
	search_postings_init(out, arena);
	for (size_t i = 0; i < count; i++)
		search_postings_put(
			out, search_posting_of(
				     next(&seed) % 40 * 0x61803,
				     (uint64_t)(next(&seed) % 50) * 20011,
				     (enum search_class)(next(&seed) % 3)));
}

static int compare(const void *left, const void *right)
{
	search_posting a = *(const search_posting *)left;
	search_posting b = *(const search_posting *)right;

	return (a > b) - (a < b);
}

/* As a shard has them: by term and block, each once, with the best class. */
static void settle(struct search_postings *postings)
{
	size_t kept = 0;

	if (postings->count == 0)
		return;
	qsort(postings->items, postings->count, sizeof(*postings->items),
	      compare);
	for (size_t i = 0; i < postings->count; i++)
		if (kept > 0 &&
		    postings->items[kept - 1] / 4 == postings->items[i] / 4)
			postings->items[kept - 1] = postings->items[i];
		else
			postings->items[kept++] = postings->items[i];
	postings->count = kept;
}

static str written(const struct search_postings *postings, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	search_shard_write(&out, postings->items, postings->count);
	return buf_str(&out);
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	for (uint32_t seed = 0; seed < 50; seed++) {
		struct search_postings postings, again;
		struct arena arena;

		arena_init(&arena);
		fill(&postings, &arena, seed, seed * 10);
		settle(&postings);
		search_postings_init(&again, &arena);
		assert_true(
			search_shard_read(&again, written(&postings, &arena)));
		assert_int_equal(again.count, postings.count);
		for (size_t i = 0; i < again.count; i++)
			assert_true(again.items[i] == postings.items[i]);
		arena_release(&arena);
	}
}

/* The changes from one set of postings to another. */
static size_t differ(struct search_change *out,
		     const struct search_postings *before,
		     const struct search_postings *now)
{
	size_t i = 0, k = 0, count = 0;

	while (i < before->count || k < now->count) {
		uint64_t a =
			i < before->count ? before->items[i] / 4 : UINT64_MAX;
		uint64_t b = k < now->count ? now->items[k] / 4 : UINT64_MAX;

		if (a == b && before->items[i] == now->items[k]) {
			i++;
			k++;
			continue;
		}
		out[count++] =
			b <= a ? (struct search_change){ now->items[k], true }
			       : (struct search_change){ before->items[i],
							 false };
		i += a <= b;
		k += b <= a;
	}
	return count;
}

static void a_change_gives_what_a_clean_one_has(void **state)
{
	(void)state;
	for (uint32_t seed = 0; seed < 50; seed++) {
		struct search_postings before, now, changed;
		struct search_change changes[2000];
		struct arena arena;
		size_t count;

		arena_init(&arena);
		fill(&before, &arena, seed, seed * 7);
		fill(&now, &arena, seed + 1000, (50 - seed) * 9);
		settle(&before);
		settle(&now);
		count = differ(changes, &before, &now);
		search_postings_init(&changed, &arena);
		search_shard_change(&changed, &before, changes, count);
		assert_true(str_equal(written(&changed, &arena),
				      written(&now, &arena)));
		arena_release(&arena);
	}
}

static void what_is_no_shard_is_refused(void **state)
{
	static const char *const wrong[] = { "AAA\n", "AAAA*\n", "AAAAg\n",
					     "AA AAB\n", "AAAAgggggggggA\n" };
	struct search_postings postings;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		search_postings_init(&postings, &arena);
		assert_false(
			search_shard_read(&postings, str_from_c(wrong[i])));
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(a_change_gives_what_a_clean_one_has),
		cmocka_unit_test(what_is_no_shard_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
