/*
 * Two ways, one result. Both work site by site, so that memory is that of the
 * largest index, and of that one a part at a time: the postings of its blocks
 * lie in a file without a name meanwhile.
 *
 *	blocks  b1 b2 b3 …     each is folded and sorted once, then cut by the
 *	         |  |  |       upper bits of its terms into parts
 *	parts   p0 p1 p2 …     each gathers its postings of all blocks, which
 *come |  |  |       by number, and sorts them once more, by term shards  s0…
 *s4… s8…    are the runs of equal upper bits of a part
 */
#include "pipeline/search_maker.h"

#include <stdlib.h>

#include "record/recall.h"
#include "render/search_block.h"
#include "render/search_difference.h"
#include "render/search_shard.h"
#include "snapshot/spool.h"
#include "system/workers.h"

/* Postings of a part, about: eight bytes each, twice, for each thread. */
enum { BLOCKS_A_PART = 256, PARTS_MOST = 64 };

struct block {
	uint64_t number;
	size_t item; /* of the work; SIZE_MAX: no plan has it */
	const struct recorded_page *known;
	bool was_in; /* in shards: all are but the newest */
	bool is_in;
};

struct site_search {
	struct build *build;
	const struct page_maker *maker;
	const struct site_plan *plan;
	size_t number;	    /* of the site */
	size_t first_item;  /* of the site */
	size_t first_shard; /* page of the plan */
	size_t shard_count;
	struct list blocks; /* struct block, by number */
	bool is_anew;	    /* nothing of the last build can be used */
	struct arena *arena;
};

/* --- which blocks, which shards --- */

static uint64_t block_number(str path)
{
	uint64_t number = 0;

	for (size_t i = STR("search/b/").len;
	     i < path.len && path.data[i] != '.'; i++)
		number = number * 16 +
			 (uint64_t)(path.data[i] <= '9'
					    ? path.data[i] - '0'
					    : path.data[i] - 'a' + 10);
	return number;
}

static bool is_block_path(str path)
{
	return str_starts_with(path, STR("search/b/"));
}

static bool is_kept(const struct site_search *search, const struct block *block)
{
	return search->build->work.states[block->item] == WORK_KEPT;
}

static int compare_blocks(const void *left, const void *right)
{
	uint64_t a = ((const struct block *)left)->number;
	uint64_t b = ((const struct block *)right)->number;

	return (a > b) - (a < b);
}

static void add_planned(struct site_search *search)
{
	const struct page_work *work = &search->build->work;
	const struct site_lists *lists = search->plan->lists;

	for (size_t i = 0; i < search->plan->count; i++) {
		const struct page *page = &search->plan->pages[i];
		struct block *block;

		if (page->kind == PAGE_SEARCH_SHARD &&
		    search->shard_count++ == 0)
			search->first_shard = i;
		if (page->kind != PAGE_SEARCH_BLOCK)
			continue;
		block = list_add(&search->blocks, search->arena);
		block->number = lists->blocks[page->number].number;
		block->item = search->first_item + i;
		block->known = work->known[block->item];
		block->is_in = page->number + 1 < lists->block_count;
	}
}

/*
 * Of a recalled plan: the newest is among those that are looked at, and where
 * terms are spread over another number of files all of them are.
 */
static bool add_recalled(struct site_search *search)
{
	const struct page_work *work = &search->build->work;
	const struct recall *recall = search->build->recall;
	const struct site_lists *before =
		&recall->edit.before.lists[search->number];
	const struct list *gone = &work->sites[search->number].gone;
	uint64_t newest =
		before->block_count == 0
			? 0
			: before->blocks[before->block_count - 1].number;
	struct block *blocks;
	size_t place;

	for (size_t i = 0; i < gone->count; i++) {
		struct recorded_page *known =
			arena_alloc(search->arena, sizeof(*known));
		struct block *block;

		if (!is_block_path(((const str *)gone->items)[i]))
			continue;
		if (!build_record_find(known, &place, search->build->store,
				       search->plan->site->domain,
				       ((const str *)gone->items)[i],
				       search->arena))
			return false;
		block = list_add(&search->blocks, search->arena);
		*block = (struct block){ .number = block_number(known->path),
					 .item = SIZE_MAX,
					 .known = known };
	}
	search->is_anew = search_shard_count(before->searched_count) !=
			  search->shard_count;
	blocks = search->blocks.items;
	for (size_t i = 0; i < search->blocks.count; i++)
		blocks[i].was_in =
			blocks[i].known != NULL
				? blocks[i].number != newest
				: blocks[i].is_in &&
					  is_kept(search, &blocks[i]);
	return true;
}

/* What the record has of an index beside what is planned. */
static void add_recorded(struct site_search *search)
{
	const struct page_work *work = &search->build->work;
	const struct site_work *site = &work->sites[search->number];
	const struct recorded_page *newest = NULL;
	struct block *blocks;
	size_t shards = 0;

	for (size_t i = 0; i < site->known.count; i++) {
		const struct recorded_page *page = &site->known.pages[i];
		struct block *block;

		shards += str_starts_with(page->path, STR("search/s/"));
		if (!is_block_path(page->path))
			continue;
		if (newest == NULL ||
		    block_number(page->path) > block_number(newest->path))
			newest = page;
		if (page_work_has(work, search->number, page->path))
			continue;
		block = list_add(&search->blocks, search->arena);
		*block = (struct block){ .number = block_number(page->path),
					 .item = SIZE_MAX,
					 .known = page };
	}
	blocks = search->blocks.items;
	for (size_t i = 0; i < search->blocks.count; i++)
		blocks[i].was_in =
			blocks[i].known != NULL && newest != NULL &&
			blocks[i].number != block_number(newest->path);
	search->is_anew |= shards != search->shard_count;
}

static bool knows_shards(const struct site_search *search)
{
	const struct page_work *work = &search->build->work;

	for (size_t i = 0; i < search->shard_count; i++)
		if (work->known[search->first_item + search->first_shard + i] ==
		    NULL)
			return false;
	return true;
}

/* False: a recalled plan does not do. */
static bool look_around(struct site_search *search)
{
	const struct page_work *work = &search->build->work;
	const struct site_work *site = &work->sites[search->number];
	bool ok = true;

	list_init(&search->blocks, sizeof(struct block));
	add_planned(search);
	if (search->build->recall != NULL)
		ok = add_recalled(search);
	else
		add_recorded(search);
	if (search->blocks.count > 0)
		qsort(search->blocks.items, search->blocks.count,
		      sizeof(struct block), compare_blocks);
	search->is_anew |= search->build->recall == NULL &&
			   (site->is_fresh || !site->is_recorded ||
			    site->pending.count > 0 || !knows_shards(search));
	return ok;
}

/* --- files --- */

static str path_of(const struct site_search *search, str path,
		   struct arena *arena)
{
	return page_output_path(search->plan->site, path, arena);
}

/* The bytes that the last build left. False: they are not there any more. */
static bool read_old(str *out, const struct site_search *search,
		     const struct recorded_page *known,
		     struct sha256_maker *sha256, struct arena *arena,
		     struct diag_list *diags)
{
	struct sha256 digest;

	if (!output_read(out, search->maker->output,
			 path_of(search, known->path, arena), arena, diags))
		return false;
	digest = sha256_of(sha256, *out);
	return memcmp(&digest, &known->sha256, sizeof(digest)) == 0;
}

static bool read_new(str *out, const struct site_search *search, size_t item,
		     struct arena *arena, struct diag_list *diags)
{
	const struct page_work *work = &search->build->work;
	const struct output *output = search->maker->output;
	str path = path_of(search, page_work_page(work, item)->path, arena);

	if (work->states[item] != WORK_STAGED)
		return output_read(out, output, path, arena, diags);
	return work->sites[search->number].is_fresh
		       ? output_read_fresh(out, output, path, arena, diags)
		       : output_read_staged(out, output, item, arena, diags);
}

static uint32_t shard_of(const struct site_search *search, uint32_t term)
{
	return (uint32_t)((uint64_t)term * search->shard_count >>
			  SEARCH_TERM_BITS);
}

/* What one thread works with. */
struct hand {
	struct arena scratch; /* one block, shard or part */
	struct output_hand output;
	struct sha256_maker *sha256;
	struct diag_list diags;
	bool ok;
};

static void hand_open(struct hand *hand, const struct page_maker *maker,
		      const struct diag_list *diags, struct arena *arena)
{
	arena_init(&hand->scratch);
	output_hand_init(&hand->output, maker->output);
	hand->sha256 = sha256_open();
	diag_list_init_part(&hand->diags, arena, diags);
	hand->ok = true;
}

static bool hand_close(struct hand *hand, struct diag_list *diags)
{
	diag_merge(diags, &hand->diags);
	output_hand_release(&hand->output);
	sha256_close(hand->sha256);
	arena_release(&hand->scratch);
	return hand->ok;
}

static bool put_shard(const struct site_search *search, struct hand *hand,
		      uint32_t shard, const search_posting *postings,
		      size_t count)
{
	struct page_work *work = &search->build->work;
	const struct page *page =
		&search->plan->pages[search->first_shard + shard];
	size_t item = search->first_item + search->first_shard + shard;
	str path = path_of(search, page->path, &hand->scratch);
	enum output_result result;
	struct buf buf;
	str bytes;

	buf_init(&buf, &hand->scratch);
	search_shard_write(&buf, postings, count);
	bytes = buf_str(&buf);
	result = work->sites[search->number].is_fresh
			 ? output_stage_fresh(&hand->output, path, bytes,
					      &hand->diags)
			 : output_stage(&hand->output, item, path, bytes,
					&hand->diags);
	work->sizes[item] = bytes.len;
	work->sha256s[item] = sha256_of(hand->sha256, bytes);
	work->reasons[item] = work->known[item] == NULL
				      ? REASON_NEW
				      : (uint8_t)(1 << PART_LISTS);
	work->states[item] = result == OUTPUT_STAGED	  ? WORK_STAGED
			     : result == OUTPUT_UNCHANGED ? WORK_UNCHANGED
							  : WORK_FAILED;
	return result != OUTPUT_FAILED;
}

/* --- what changed --- */

static bool is_changed(const struct site_search *search,
		       const struct block *block)
{
	if (block->was_in != block->is_in)
		return true;
	if (!block->is_in || is_kept(search, block))
		return false;
	return memcmp(&search->build->work.sha256s[block->item],
		      &block->known->sha256, sizeof(block->known->sha256)) != 0;
}

/* What the blocks that changed say of terms, by thread. */
struct noting {
	const struct site_search *search;
	const struct block **blocks; /* those that changed */
	struct hand *hands;
	struct arena *kept;   /* one a thread */
	struct list *changes; /* of search_change; one a thread */
};

static void note_block(void *context, size_t thread, size_t number)
{
	struct noting *noting = context;
	const struct site_search *search = noting->search;
	const struct block *block = noting->blocks[number];
	struct hand *hand = &noting->hands[thread];
	str old = STR("");
	str bytes = STR("");

	hand->ok = hand->ok &&
		   (!block->was_in ||
		    read_old(&old, search, block->known, hand->sha256,
			     &hand->scratch, &hand->diags)) &&
		   (!block->is_in || read_new(&bytes, search, block->item,
					      &hand->scratch, &hand->diags));
	if (hand->ok)
		search_difference(&noting->changes[thread], old, bytes,
				  block->number, &noting->kept[thread],
				  &hand->scratch);
	arena_reset(&hand->scratch);
}

static int compare_changes(const void *left, const void *right)
{
	search_posting a = ((const struct search_change *)left)->posting;
	search_posting b = ((const struct search_change *)right)->posting;

	return (a > b) - (a < b);
}

static bool change_shard(const struct site_search *search, struct hand *hand,
			 uint32_t shard, const struct search_change *changes,
			 size_t count)
{
	struct build *build = search->build;
	size_t page = search->first_shard + shard;
	size_t item = search->first_item + page;
	struct search_postings before, now;
	bool ok;
	str old;

	if (build->recall != NULL &&
	    !recall_add_page(build->recall, &build->work, build->store,
			     search->number, page))
		return false;
	search_postings_init(&before, &hand->scratch);
	search_postings_init(&now, &hand->scratch);
	ok = read_old(&old, search, build->work.known[item], hand->sha256,
		      &hand->scratch, &hand->diags) &&
	     search_shard_read(&before, old);
	if (ok)
		search_shard_change(&now, &before, changes, count);
	ok = ok && put_shard(search, hand, shard, now.items, now.count);
	arena_reset(&hand->scratch);
	return ok;
}

static bool change_shards(const struct site_search *search, struct hand *hand,
			  const struct list *changes)
{
	const struct search_change *items = changes->items;
	bool ok = true;
	size_t end;

	for (size_t i = 0; ok && i < changes->count; i = end) {
		uint32_t shard =
			shard_of(search, search_posting_term(items[i].posting));

		for (end = i;
		     end < changes->count &&
		     shard_of(search,
			      search_posting_term(items[end].posting)) == shard;
		     end++)
			continue;
		ok = change_shard(search, hand, shard, items + i, end - i);
	}
	return ok;
}

static size_t find_changed(const struct block **out,
			   const struct site_search *search)
{
	const struct block *blocks = search->blocks.items;
	size_t count = 0;

	for (size_t i = 0; i < search->blocks.count; i++)
		if (is_changed(search, &blocks[i]))
			out[count++] = &blocks[i];
	return count;
}

/* In order; false when a block cannot be read. */
static bool note_all(struct list *out, struct noting *noting, size_t threads,
		     size_t count, struct diag_list *diags)
{
	const struct site_search *search = noting->search;
	bool ok = true;

	list_init(out, sizeof(struct search_change));
	for (size_t i = 0; i < threads; i++) {
		arena_init(&noting->kept[i]);
		list_init(&noting->changes[i], sizeof(struct search_change));
		hand_open(&noting->hands[i], search->maker, diags,
			  search->arena);
	}
	workers_run(threads, count, note_block, noting);
	for (size_t i = 0; i < threads; i++) {
		const struct search_change *items = noting->changes[i].items;

		for (size_t k = 0; k < noting->changes[i].count; k++)
			*(struct search_change *)list_add(out, search->arena) =
				items[k];
		arena_release(&noting->kept[i]);
		ok &= hand_close(&noting->hands[i], diags);
	}
	if (out->count > 0)
		qsort(out->items, out->count, sizeof(struct search_change),
		      compare_changes);
	return ok;
}

/* False: all of it must be made. */
static bool make_changed(const struct site_search *search,
			 struct diag_list *diags)
{
	enum { FEW = 16 }; /* blocks; a thread costs as much */
	struct page_work *work = &search->build->work;
	struct noting noting = { .search = search };
	struct list changes;
	struct hand hand;
	size_t threads = search->maker->threads;
	size_t count;

	memset(work->states + search->first_item + search->first_shard,
	       WORK_KEPT, search->shard_count);
	noting.blocks = arena_array(search->arena, search->blocks.count + 1,
				    sizeof(struct block *));
	count = find_changed(noting.blocks, search);
	if (count < FEW)
		threads = 1;
	noting.hands =
		arena_array(search->arena, threads, sizeof(*noting.hands));
	noting.kept = arena_array(search->arena, threads, sizeof(struct arena));
	noting.changes =
		arena_array(search->arena, threads, sizeof(struct list));
	if (!note_all(&changes, &noting, threads, count, diags))
		return false;
	hand_open(&hand, search->maker, diags, search->arena);
	hand.ok = change_shards(search, &hand, &changes);
	return hand_close(&hand, diags);
}

/* --- all of it --- */

struct making {
	const struct site_search *search;
	struct spool *spool; /* NULL: blocks are folded once for each part */
	struct hand *hands;  /* one a thread */
	uint32_t parts;	     /* a power of two, as shards are */
};

static size_t part_of(const struct making *making, search_posting posting)
{
	return (size_t)((uint64_t)search_posting_term(posting) *
				making->parts >>
			SEARCH_TERM_BITS);
}

/* The end of the part that begins at `first`. */
static size_t end_of_part(const struct making *making,
			  const struct search_postings *postings, size_t first,
			  size_t part)
{
	while (first < postings->count &&
	       part_of(making, postings->items[first]) == part)
		first++;
	return first;
}

static void read_postings(struct search_postings *out, str bytes,
			  uint64_t block, struct arena *arena)
{
	search_postings_init(out, arena);
	search_block_postings(out, bytes, block);
	search_postings_settle(out);
}

static bool fold_block(struct search_postings *out, const struct making *making,
		       struct hand *hand, const struct block *block)
{
	str bytes;

	if (!read_new(&bytes, making->search, block->item, &hand->scratch,
		      &hand->diags))
		return false;
	read_postings(out, bytes, block->number, &hand->scratch);
	return true;
}

static void spool_block(void *context, size_t thread, size_t number)
{
	struct making *making = context;
	struct hand *hand = &making->hands[thread];
	const struct block *block =
		&((const struct block *)making->search->blocks.items)[number];
	struct search_postings postings;
	size_t first = 0;

	if (!block->is_in || !hand->ok)
		return;
	hand->ok = fold_block(&postings, making, hand, block);
	for (size_t part = 0; hand->ok && part < making->parts; part++) {
		size_t end = end_of_part(making, &postings, first, part);

		spool_put(making->spool, number * making->parts + part,
			  (str){ (const char *)(postings.items + first),
				 (end - first) * sizeof(search_posting) });
		first = end;
	}
	arena_reset(&hand->scratch);
}

static void put_all(struct search_postings *out, const search_posting *items,
		    size_t count)
{
	for (size_t i = 0; i < count; i++)
		search_postings_put(out, items[i]);
}

/* The postings of a block that are of the part. */
static bool gather_block(struct search_postings *out,
			 const struct making *making, struct hand *hand,
			 size_t number, size_t part, struct arena *arena)
{
	const struct block *block =
		&((const struct block *)making->search->blocks.items)[number];
	struct search_postings all;
	size_t first = 0, end = 0;
	str bytes;

	if (making->spool != NULL &&
	    spool_get(&bytes, making->spool, number * making->parts + part,
		      arena)) {
		put_all(out, (const search_posting *)bytes.data,
			bytes.len / sizeof(search_posting));
		return true;
	}
	if (!fold_block(&all, making, hand, block))
		return false;
	for (size_t i = 0; i <= part; i++) {
		first = end;
		end = end_of_part(making, &all, first, i);
	}
	put_all(out, all.items + first, end - first);
	return true;
}

/* A shard without terms is an empty file, so that nobody asks in vain. */
static bool put_part(const struct making *making, struct hand *hand,
		     const struct search_postings *postings, size_t part)
{
	const struct site_search *search = making->search;
	size_t shards = search->shard_count / making->parts;
	size_t first = 0;
	bool ok = true;

	for (size_t i = 0; ok && i < shards; i++) {
		uint32_t shard = (uint32_t)(part * shards + i);
		size_t end = first;

		while (end < postings->count &&
		       shard_of(search, search_posting_term(
						postings->items[end])) == shard)
			end++;
		ok = put_shard(search, hand, shard, postings->items + first,
			       end - first);
		first = end;
	}
	return ok;
}

static void make_part(void *context, size_t thread, size_t part)
{
	struct making *making = context;
	const struct site_search *search = making->search;
	const struct block *blocks = search->blocks.items;
	struct hand *hand = &making->hands[thread];
	struct search_postings postings;
	struct arena block;
	struct arena gathered;

	arena_init(&block);
	arena_init(&gathered);
	search_postings_init(&postings, &gathered);
	for (size_t i = 0; hand->ok && i < search->blocks.count; i++) {
		if (blocks[i].is_in)
			hand->ok = gather_block(&postings, making, hand, i,
						part, &block);
		arena_reset(&block);
		arena_reset(&hand->scratch);
	}
	search_postings_sort(&postings);
	hand->ok = hand->ok && put_part(making, hand, &postings, part);
	arena_reset(&hand->scratch);
	arena_release(&block);
	arena_release(&gathered);
}

static uint32_t part_count(const struct site_search *search)
{
	uint32_t parts = 1;

	while (parts < PARTS_MOST && parts < search->shard_count &&
	       (size_t)parts * BLOCKS_A_PART < search->blocks.count)
		parts *= 2;
	return parts;
}

/* A recalled plan asks the record of each page that it makes. */
static bool recall_shards(const struct site_search *search)
{
	struct build *build = search->build;
	bool ok = true;

	for (size_t i = 0; ok && i < search->shard_count; i++)
		ok = recall_add_page(build->recall, &build->work, build->store,
				     search->number, search->first_shard + i);
	return ok;
}

static bool make_all(const struct site_search *search, struct diag_list *diags)
{
	size_t threads = search->maker->threads;
	struct making making = { .search = search,
				 .parts = part_count(search) };
	bool ok = true;

	making.spool =
		spool_open(search->maker->output->state,
			   search->blocks.count * making.parts, search->arena);
	making.hands =
		arena_array(search->arena, threads, sizeof(*making.hands));
	for (size_t i = 0; i < threads; i++)
		hand_open(&making.hands[i], search->maker, diags,
			  search->arena);
	if (making.spool != NULL)
		workers_run(threads, search->blocks.count, spool_block,
			    &making);
	workers_run(threads, making.parts, make_part, &making);
	for (size_t i = 0; i < threads; i++)
		ok &= hand_close(&making.hands[i], diags);
	if (making.spool != NULL)
		spool_close(making.spool);
	return ok;
}

/* --- each site --- */

static bool make_site(struct build *build, const struct page_maker *maker,
		      size_t number, struct diag_list *diags)
{
	struct arena arena;
	struct site_search search = {
		.build = build,
		.maker = maker,
		.plan = &build->work.plan->sites[number],
		.number = number,
		.first_item = build->work.site_starts[number],
		.arena = &arena,
	};
	bool ok;

	arena_init(&arena);
	ok = look_around(&search) &&
	     (search.shard_count == 0 ||
	      (!search.is_anew && make_changed(&search, diags)) ||
	      ((build->recall == NULL ||
		(search.is_anew && recall_shards(&search))) &&
	       make_all(&search, diags)));
	arena_release(&arena);
	return ok;
}

bool search_shards_make(struct build *build, const struct page_maker *maker,
			struct diag_list *diags)
{
	bool ok = true;

	if (maker->output == NULL)
		return true;
	for (size_t i = 0; ok && i < build->work.plan->count; i++)
		if (build->work.sites[i].is_wanted)
			ok = make_site(build, maker, i, diags);
	if (build->recall != NULL)
		recall_settle_pages(build->recall, &build->work);
	return ok;
}
