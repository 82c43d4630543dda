/*
 * Every array is one value. Those of columns and of sites stand behind each
 * other, in the order of the cluster; COLUMN_COUNTS and SITE_COUNTS say how
 * many items belong to each.
 */
#include "record/plan_image.h"

#include "base/pack.h"

enum array {
	PATH_BYTES,
	PATH_ENDS,
	BLOB_IDS,
	FILES,
	NUMBERS,
	BY_DATE,
	RANKS,
	TYPES,
	OWN_IDS,
	PLACES,
	COLUMN_COUNTS,
	COLUMN_LIVE,
	COLUMN_ARCHIVED,
	COLUMN_NEWEST,
	SITE_COUNTS,
	SITE_OWNED,
	SITE_ARCHIVED,
	SITE_SEARCHED,
	SITE_BLOCKS,
	SITE_PARTS,
	POSITIONS,
	NAMING_STARTS,
	NAMING,
	REPLACEMENTS,
	REPLACED,
	TOPIC_KEYWORDS,
	TOPIC_STARTS,
	TOPIC_ITEMS,
	ROWS,
	HISTORY,
	NAMED,
	ALIASES,
	EDGES,
	DATES,
	ARRAY_COUNT
};

/* What each array has one item of; MANY: as many as there are. */
enum counted { A_FILE, A_RESOURCE, ONE_MORE, A_COLUMN, A_SITE, MANY };

struct column_counts {
	uint32_t live;
	uint32_t archived;
	uint32_t newest;
};

struct site_counts {
	uint32_t owned;
	uint32_t archived;
	uint32_t searched;
	uint32_t blocks;
	uint32_t parts;
};

static const struct {
	const char *name;
	size_t size; /* bytes of an item */
	enum counted counted;
} arrays[ARRAY_COUNT] = {
	[PATH_BYTES] = { "path bytes", 1, MANY },
	[PATH_ENDS] = { "path ends", sizeof(uint32_t), A_FILE },
	[BLOB_IDS] = { "blob ids", SNAPSHOT_ID_SIZE, A_FILE },
	[FILES] = { "files", sizeof(uint32_t), A_RESOURCE },
	[NUMBERS] = { "numbers", sizeof(uint32_t), A_FILE },
	[BY_DATE] = { "by date", sizeof(uint32_t), A_RESOURCE },
	[RANKS] = { "ranks", sizeof(uint32_t), A_RESOURCE },
	[TYPES] = { "types", 1, A_RESOURCE },
	[OWN_IDS] = { "own ids", sizeof(uint32_t), MANY },
	[PLACES] = { "places", sizeof(struct stored_placement), A_RESOURCE },
	[COLUMN_COUNTS] = { "column counts", sizeof(struct column_counts),
			    A_COLUMN },
	[COLUMN_LIVE] = { "column live", sizeof(uint32_t), MANY },
	[COLUMN_ARCHIVED] = { "column archived", sizeof(uint32_t), MANY },
	[COLUMN_NEWEST] = { "column newest", sizeof(uint32_t), MANY },
	[SITE_COUNTS] = { "site counts", sizeof(struct site_counts), A_SITE },
	[SITE_OWNED] = { "site owned", sizeof(uint32_t), MANY },
	[SITE_ARCHIVED] = { "site archived", sizeof(uint32_t), MANY },
	[SITE_SEARCHED] = { "site searched", sizeof(uint32_t), MANY },
	[SITE_BLOCKS] = { "site blocks", sizeof(struct search_block), MANY },
	[SITE_PARTS] = { "site parts", sizeof(struct sitemap_part), MANY },
	[POSITIONS] = { "positions", sizeof(uint32_t), A_RESOURCE },
	[NAMING_STARTS] = { "naming starts", sizeof(uint32_t), ONE_MORE },
	[NAMING] = { "naming", sizeof(uint32_t), MANY },
	[REPLACEMENTS] = { "replacements", sizeof(uint32_t), A_RESOURCE },
	[REPLACED] = { "replaced", sizeof(uint32_t), A_RESOURCE },
	[TOPIC_KEYWORDS] = { "topic keywords", 1, MANY },
	[TOPIC_STARTS] = { "topic starts", sizeof(uint32_t), MANY },
	[TOPIC_ITEMS] = { "topic items", sizeof(uint32_t), MANY },
	[ROWS] = { "rows", sizeof(uint64_t), A_RESOURCE },
	[HISTORY] = { "history", sizeof(struct file_history), A_FILE },
	[NAMED] = { "named", 1, A_RESOURCE },
	[ALIASES] = { "aliases", sizeof(uint64_t), MANY },
	[EDGES] = { "edges", sizeof(struct plan_edge), MANY },
	[DATES] = { "dates", sizeof(struct dated_change), MANY },
};

/* The head; the image is there when it is. */
struct image_head {
	uint64_t files;
	uint64_t resources;
	uint64_t sites;
	uint64_t columns;
};

static const char head_name[] = "head";
static const char changes_name[] = "changes";

const char *plan_image_array(size_t number)
{
	return number < ARRAY_COUNT ? arrays[number].name : NULL;
}

int64_t plan_dates_next(const struct plan_dates *dates,
			const struct arrangement *arrangement)
{
	int64_t next = cluster_next(arrangement->cluster, arrangement->as_of);

	return dates->count > 0 && dates->items[0].seconds < next
		       ? dates->items[0].seconds
		       : next;
}

/* --- writing --- */

struct image_writer {
	struct store *store;
	const struct page_plan *plan;
	struct arena *scratch;
	struct diag_list *diags;
};

static bool put_array(struct store *store, enum array array, const void *items,
		      size_t count, struct diag_list *diags)
{
	str name = str_from_c(arrays[array].name);
	str bytes = { items, count * arrays[array].size };
	struct arena scratch;
	bool ok;

	arena_init(&scratch);
	ok = store_put(store, STORE_PLAN_IMAGE, name, bytes, diags) &&
	     store_put(store, STORE_PLAN_SUMS, name,
		       trust_sums(bytes, &scratch), diags);
	arena_release(&scratch);
	return ok;
}

static bool put(const struct image_writer *writer, enum array array,
		const void *items, size_t count)
{
	return put_array(writer->store, array, items, count, writer->diags);
}

static bool put_buf(const struct image_writer *writer, enum array array,
		    const struct buf *bytes)
{
	return put(writer, array, bytes->data, bytes->len / arrays[array].size);
}

static bool put_snapshot(const struct image_writer *writer)
{
	const struct snapshot *snapshot = writer->plan->snapshot;
	size_t count = snapshot->count;

	return put(writer, PATH_BYTES, snapshot->path_bytes,
		   count == 0 ? 0 : snapshot->path_ends[count - 1]) &&
	       put(writer, PATH_ENDS, snapshot->path_ends, count) &&
	       put(writer, BLOB_IDS, snapshot->blob_ids, count) &&
	       put(writer, HISTORY, writer->plan->history, count);
}

static bool put_own_ids(const struct image_writer *writer)
{
	const struct map *ids = &writer->plan->arrangement->catalog->own_ids;
	struct buf numbers;

	buf_init(&numbers, writer->scratch);
	for (size_t i = 0; i < ids->count; i++) {
		uint32_t number =
			(uint32_t)(uintptr_t)ids->entries[i].value - 1;

		pack_bytes(&numbers, &number, sizeof(number));
	}
	return put_buf(writer, OWN_IDS, &numbers);
}

static bool put_catalog(const struct image_writer *writer)
{
	const struct arrangement *arrangement = writer->plan->arrangement;
	const struct catalog *catalog = arrangement->catalog;
	size_t count = catalog->count;

	return put(writer, FILES, catalog->files, count) &&
	       put(writer, NUMBERS, catalog->numbers,
		   catalog->snapshot->count) &&
	       put(writer, BY_DATE, catalog->by_date, count) &&
	       put(writer, RANKS, catalog->ranks, count) &&
	       put(writer, TYPES, catalog->types, count) &&
	       put_own_ids(writer) &&
	       put(writer, PLACES, arrangement->places, count);
}

static bool put_relations(const struct image_writer *writer)
{
	const struct relations *relations = &writer->plan->relations;
	size_t count = writer->plan->arrangement->catalog->count;

	return put(writer, POSITIONS, relations->positions, count) &&
	       put(writer, NAMING_STARTS, relations->named_starts, count + 1) &&
	       put(writer, NAMING, relations->named_items,
		   relations->named_starts[count]) &&
	       put(writer, REPLACEMENTS, relations->replacements, count) &&
	       put(writer, REPLACED, relations->replaced, count) &&
	       put(writer, ROWS, writer->plan->rows, count);
}

static bool put_topics(const struct image_writer *writer)
{
	const struct topics *topics = &writer->plan->topics;
	struct buf keywords;

	buf_init(&keywords, writer->scratch);
	for (size_t i = 0; i < topics->count; i++)
		pack_text(&keywords, topics->keywords[i]);
	return put_buf(writer, TOPIC_KEYWORDS, &keywords) &&
	       put(writer, TOPIC_STARTS, topics->starts,
		   topics->count == 0 ? 0 : topics->count + 1) &&
	       put(writer, TOPIC_ITEMS, topics->items, topics->item_count);
}

static void add_numbers(struct buf *out, const uint32_t *numbers, size_t count)
{
	pack_bytes(out, numbers, count * sizeof(*numbers));
}

static bool put_columns(const struct image_writer *writer)
{
	struct buf counts, live, archived, newest;

	buf_init(&counts, writer->scratch);
	buf_init(&live, writer->scratch);
	buf_init(&archived, writer->scratch);
	buf_init(&newest, writer->scratch);
	for (size_t i = 0; i < writer->plan->count; i++) {
		const struct site_plan *site = &writer->plan->sites[i];

		for (size_t j = 0; j < site->site->column_count; j++) {
			const struct column_list *list =
				&site->site->columns[j].list;
			struct column_newest rows = site->lists->newest[j];
			struct column_counts count = {
				(uint32_t)list->live_count,
				(uint32_t)list->archived_count,
				(uint32_t)rows.count
			};

			pack_bytes(&counts, &count, sizeof(count));
			add_numbers(&live, list->live, list->live_count);
			add_numbers(&archived, list->archived,
				    list->archived_count);
			add_numbers(&newest, rows.items, rows.count);
		}
	}
	return put_buf(writer, COLUMN_COUNTS, &counts) &&
	       put_buf(writer, COLUMN_LIVE, &live) &&
	       put_buf(writer, COLUMN_ARCHIVED, &archived) &&
	       put_buf(writer, COLUMN_NEWEST, &newest);
}

static bool put_sites(const struct image_writer *writer)
{
	struct buf counts, owned, archived, searched, blocks, parts;

	buf_init(&counts, writer->scratch);
	buf_init(&parts, writer->scratch);
	buf_init(&owned, writer->scratch);
	buf_init(&archived, writer->scratch);
	buf_init(&searched, writer->scratch);
	buf_init(&blocks, writer->scratch);
	for (size_t i = 0; i < writer->plan->count; i++) {
		const struct site_lists *lists = writer->plan->sites[i].lists;
		struct site_counts count = { (uint32_t)lists->owned_count,
					     (uint32_t)lists->archived_count,
					     (uint32_t)lists->searched_count,
					     (uint32_t)lists->block_count,
					     (uint32_t)lists->part_count };

		pack_bytes(&counts, &count, sizeof(count));
		add_numbers(&owned, lists->owned, lists->owned_count);
		add_numbers(&archived, lists->archived, lists->archived_count);
		add_numbers(&searched, lists->searched, lists->searched_count);
		pack_bytes(&blocks, lists->blocks,
			   lists->block_count * sizeof(*lists->blocks));
		pack_bytes(&parts, lists->parts,
			   lists->part_count * sizeof(*lists->parts));
	}
	return put_buf(writer, SITE_COUNTS, &counts) &&
	       put_buf(writer, SITE_OWNED, &owned) &&
	       put_buf(writer, SITE_ARCHIVED, &archived) &&
	       put_buf(writer, SITE_SEARCHED, &searched) &&
	       put_buf(writer, SITE_BLOCKS, &blocks) &&
	       put_buf(writer, SITE_PARTS, &parts);
}

bool plan_image_write_edges(struct store *store, const struct plan_edge *edges,
			    size_t count, struct diag_list *diags)
{
	return put_array(store, EDGES, edges, count, diags);
}

static bool put_references(const struct image_writer *writer,
			   const struct plan_references *references)
{
	return put(writer, NAMED, references->named,
		   writer->plan->arrangement->catalog->count) &&
	       put(writer, ALIASES, references->aliases,
		   references->alias_count) &&
	       put(writer, EDGES, references->edges, references->edge_count);
}

static size_t count_columns(const struct cluster *cluster)
{
	size_t count = 0;

	for (size_t i = 0; i < cluster->count; i++)
		count += cluster->sites[i].column_count;
	return count;
}

static bool put_head(struct store *store, const struct image_head *head,
		     struct diag_list *diags)
{
	return store_put(store, STORE_PLAN_IMAGE, str_from_c(head_name),
			 (str){ (const char *)head, sizeof(*head) }, diags);
}

bool plan_image_forget(struct store *store, struct diag_list *diags)
{
	return store_remove(store, STORE_PLAN_IMAGE, str_from_c(head_name),
			    diags);
}

bool plan_image_write(struct store *store, const struct page_plan *plan,
		      const struct plan_references *references,
		      const struct plan_dates *dates, struct diag_list *diags)
{
	const struct cluster *cluster = plan->arrangement->cluster;
	struct arena scratch;
	struct image_writer writer = { store, plan, &scratch, diags };
	struct image_head head = { plan->snapshot->count,
				   plan->arrangement->catalog->count,
				   cluster->count, count_columns(cluster) };
	bool ok;

	arena_init(&scratch);
	ok = put_snapshot(&writer) && put_catalog(&writer) &&
	     put_relations(&writer) && put_topics(&writer) &&
	     put_columns(&writer);
	arena_reset(&scratch);
	ok = ok && put_sites(&writer) && put_references(&writer, references) &&
	     put(&writer, DATES, dates->items, dates->count) &&
	     store_remove(store, STORE_PLAN_IMAGE, str_from_c(changes_name),
			  diags) &&
	     put_head(store, &head, diags);
	arena_release(&scratch);
	return ok;
}

/* With counts that no size of an array can overflow. */
static bool get_head(struct image_head *out, const struct store *store)
{
	str bytes = store_get(store, STORE_PLAN_IMAGE, str_from_c(head_name));

	return bytes.len == sizeof(*out) &&
	       unpack_bytes(out, sizeof(*out), &bytes) && out->files > 0 &&
	       out->files <= SNAPSHOT_ENTRY_LIMIT &&
	       out->resources <= out->files &&
	       out->sites <= SNAPSHOT_ENTRY_LIMIT && out->columns <= UINT32_MAX;
}

bool plan_image_update(struct store *store, const struct list *changes,
		       const uint64_t *rows, struct diag_list *diags)
{
	struct image_head head;

	return get_head(&head, store) &&
	       (rows == NULL ||
		put_array(store, ROWS, rows, head.resources, diags)) &&
	       store_put(store, STORE_PLAN_IMAGE, str_from_c(changes_name),
			 (str){ changes->items,
				changes->count * changes->item_size },
			 diags) &&
	       put_head(store, &head, diags);
}

/* --- reading --- */

struct image_reader {
	const struct store *store;
	struct arena *arena;
	struct image_head head;
	struct trust *trust;
	bool ok; /* every array had the size that it must have */
};

static bool begin(struct image_reader *out, const struct store *store,
		  struct trust *trust, struct arena *arena)
{
	out->store = store;
	out->trust = trust;
	out->arena = arena;
	out->ok = get_head(&out->head, store);
	return out->ok;
}

static size_t wanted_count(const struct image_head *head, enum counted counted)
{
	switch (counted) {
	case A_FILE:
		return head->files;
	case A_RESOURCE:
		return head->resources;
	case ONE_MORE:
		return head->resources + 1;
	case A_COLUMN:
		return head->columns;
	case A_SITE:
		return head->sites;
	case MANY:
		break;
	}
	return SIZE_MAX;
}

/*
 * The items are not looked at: whoever reads one asks whether it is trusted.
 * They are read in place, so they must stand where numbers may stand; the
 * store sees to that for large values only.
 */
static const void *take(struct image_reader *reader, enum array array,
			size_t *count)
{
	str name = str_from_c(arrays[array].name);
	str bytes = store_map(reader->store, STORE_PLAN_IMAGE, name);
	str sums = store_map(reader->store, STORE_PLAN_SUMS, name);
	size_t size = arrays[array].size;
	size_t wanted = wanted_count(&reader->head, arrays[array].counted);

	if ((uintptr_t)bytes.data % sizeof(uint64_t) != 0)
		bytes = arena_copy(reader->arena, bytes);
	if (bytes.len % size != 0 || !trust_add(reader->trust, bytes, sums) ||
	    (wanted != SIZE_MAX && bytes.len != wanted * size))
		reader->ok = false;
	if (count != NULL)
		*count = bytes.len / size;
	return bytes.data;
}

/* The same of an array that all of is read. */
static const void *take_all(struct image_reader *reader, enum array array,
			    size_t *count)
{
	size_t length;
	const void *items = take(reader, array, &length);

	if (!trust_holds(reader->trust, items, length * arrays[array].size))
		reader->ok = false;
	if (count != NULL)
		*count = length;
	return items;
}

bool plan_image_list(struct snapshot *out, const struct store *store,
		     struct trust *trust, struct arena *arena)
{
	struct image_reader reader;

	if (!begin(&reader, store, trust, arena))
		return false;
	*out = (struct snapshot){ .count = reader.head.files, .trust = trust };
	out->path_bytes = take(&reader, PATH_BYTES, &out->path_size);
	out->path_ends = take(&reader, PATH_ENDS, NULL);
	out->blob_ids = take(&reader, BLOB_IDS, NULL);
	return reader.ok;
}

bool plan_image_changes(struct list *out, const struct snapshot *snapshot,
			const struct store *store, struct arena *arena)
{
	str bytes =
		store_get(store, STORE_PLAN_IMAGE, str_from_c(changes_name));
	size_t size = sizeof(struct snapshot_change);
	size_t behind = 0; /* the file before: they are sorted, each once */

	list_init(out, size);
	for (size_t i = 0; i < bytes.len / size; i++) {
		struct snapshot_change *change = list_add(out, arena);

		memcpy(change, bytes.data + i * size, size);
		if (change->patch.file < behind ||
		    change->patch.file >= snapshot->count ||
		    !moment_is_valid(&change->changed))
			return false;
		behind = (size_t)change->patch.file + 1;
	}
	return bytes.len % size == 0;
}

/* The next items of a row of lists; none when the counts are wrong. */
struct row_of_lists {
	const char *items;
	size_t size;
	size_t left;
};

static struct row_of_lists begin_row(struct image_reader *reader,
				     enum array array)
{
	struct row_of_lists row = { .size = arrays[array].size };

	row.items = take(reader, array, &row.left);
	return row;
}

static const void *next_items(struct image_reader *reader,
			      struct row_of_lists *row, size_t count)
{
	const void *found = row->items;

	if (count > row->left) {
		reader->ok = false;
		return NULL;
	}
	row->items += count * row->size;
	row->left -= count;
	return found;
}

static void read_columns(struct image_reader *reader, struct cluster *cluster,
			 struct site_lists *lists, struct arena *arena)
{
	const struct column_counts *counts =
		take_all(reader, COLUMN_COUNTS, NULL);
	struct row_of_lists live = begin_row(reader, COLUMN_LIVE);
	struct row_of_lists archived = begin_row(reader, COLUMN_ARCHIVED);
	struct row_of_lists newest = begin_row(reader, COLUMN_NEWEST);

	for (size_t i = 0; reader->ok && i < cluster->count; i++) {
		struct site *site = &cluster->sites[i];
		struct column_newest *rows =
			arena_array(arena, site->column_count, sizeof(*rows));

		for (size_t j = 0; reader->ok && j < site->column_count;
		     j++, counts++) {
			site->columns[j].list = (struct column_list){
				next_items(reader, &live, counts->live),
				counts->live,
				next_items(reader, &archived, counts->archived),
				counts->archived
			};
			rows[j] = (struct column_newest){
				next_items(reader, &newest, counts->newest),
				counts->newest
			};
		}
		lists[i].newest = rows;
	}
}

static void read_sites(struct image_reader *reader, struct site_lists *lists)
{
	const struct site_counts *counts = take_all(reader, SITE_COUNTS, NULL);
	struct row_of_lists owned = begin_row(reader, SITE_OWNED);
	struct row_of_lists archived = begin_row(reader, SITE_ARCHIVED);
	struct row_of_lists searched = begin_row(reader, SITE_SEARCHED);
	struct row_of_lists blocks = begin_row(reader, SITE_BLOCKS);
	struct row_of_lists parts = begin_row(reader, SITE_PARTS);

	for (size_t i = 0; reader->ok && i < reader->head.sites; i++) {
		const struct site_counts *count = &counts[i];

		lists[i].owned_count = count->owned;
		lists[i].owned = next_items(reader, &owned, count->owned);
		lists[i].archived_count = count->archived;
		lists[i].archived =
			next_items(reader, &archived, count->archived);
		lists[i].searched_count = count->searched;
		lists[i].searched =
			next_items(reader, &searched, count->searched);
		lists[i].block_count = count->blocks;
		lists[i].blocks = next_items(reader, &blocks, count->blocks);
		lists[i].part_count = count->parts;
		lists[i].parts = next_items(reader, &parts, count->parts);
	}
}

static void read_catalog(struct image_reader *reader, struct catalog *out)
{
	out->count = reader->head.resources;
	out->files = take(reader, FILES, NULL);
	out->numbers = take(reader, NUMBERS, NULL);
	out->by_date = take(reader, BY_DATE, NULL);
	out->ranks = take(reader, RANKS, NULL);
	out->types = take(reader, TYPES, NULL);
}

/* Ids are strings of the metadata, which must be open. */
static void read_own_ids(struct image_reader *reader, struct catalog *catalog)
{
	size_t count;
	const uint32_t *numbers = take_all(reader, OWN_IDS, &count);

	for (size_t i = 0; reader->ok && i < count; i++) {
		struct resource resource;

		reader->ok = numbers[i] < catalog->count;
		if (!reader->ok)
			return;
		catalog_get(&resource, catalog, numbers[i]);
		map_set(&catalog->own_ids, resource.id,
			(void *)(uintptr_t)(numbers[i] + 1));
	}
}

static void read_relations(struct image_reader *reader, struct relations *out)
{
	out->positions = take(reader, POSITIONS, NULL);
	out->named_starts = take(reader, NAMING_STARTS, NULL);
	out->named_items = take(reader, NAMING, &out->named_count);
	out->replacements = take(reader, REPLACEMENTS, NULL);
	out->replaced = take(reader, REPLACED, NULL);
}

static void read_references(struct image_reader *reader,
			    struct plan_references *out)
{
	out->named = take(reader, NAMED, NULL);
	out->aliases = take(reader, ALIASES, &out->alias_count);
	out->edges = take(reader, EDGES, &out->edge_count);
}

/* There are as many as sections name: they are few, and all are read. */
static void read_topics(struct image_reader *reader, struct topics *out,
			const struct arrangement *arrangement)
{
	size_t size, starts;
	str rest = { take_all(reader, TOPIC_KEYWORDS, &size), 0 };
	struct list keywords;
	str keyword;

	rest.len = size;
	list_init(&keywords, sizeof(str));
	while (reader->ok && unpack_text(&keyword, &rest))
		*(str *)list_add(&keywords, reader->arena) = keyword;
	*out = (struct topics){ .arrangement = arrangement,
				.keywords = keywords.items,
				.count = keywords.count };
	out->starts = take_all(reader, TOPIC_STARTS, &starts);
	out->items = take(reader, TOPIC_ITEMS, &out->item_count);
	reader->ok &= rest.len == 0 &&
		      starts == (out->count == 0 ? 0 : out->count + 1);
}

bool plan_image_read(struct plan_image *out,
		     const struct plan_image_options *options,
		     struct arena *arena)
{
	struct cluster *cluster = options->cluster;
	struct catalog *catalog = out->catalog;
	struct image_reader reader;

	out->index = arena_alloc(arena, sizeof(*out->index));
	if (!begin(&reader, options->store, options->snapshot->trust, arena) ||
	    reader.head.sites != cluster->count ||
	    reader.head.columns != count_columns(cluster) ||
	    reader.head.files != options->snapshot->count ||
	    !metadata_index_open(out->index, options->store, arena) ||
	    out->index->starts[out->index->count] != reader.head.resources)
		return false;
	*catalog =
		(struct catalog){ .snapshot = options->snapshot,
				  .offset = options->cluster->platform.offset,
				  .is_preview = options->drafts,
				  .index = out->index };
	map_init(&catalog->own_ids, arena);
	map_init(&catalog->defaults, arena);
	catalog->schema = &options->cluster->schema;
	read_catalog(&reader, catalog);
	out->lists = arena_array(arena, cluster->count, sizeof(*out->lists));
	read_columns(&reader, cluster, out->lists, arena);
	read_sites(&reader, out->lists);
	read_relations(&reader, &out->relations);
	out->rows = take(&reader, ROWS, NULL);
	out->history = take(&reader, HISTORY, NULL);
	read_references(&reader, &out->references);
	out->dates.items = take(&reader, DATES, &out->dates.count);
	*out->arrangement = (struct arrangement){ catalog,
						  cluster,
						  options->as_of,
						  take(&reader, PLACES, NULL),
						  0,
						  options->drafts };
	out->relations.arrangement = out->arrangement;
	read_topics(&reader, &out->topics, out->arrangement);
	if (reader.ok)
		read_own_ids(&reader, catalog);
	return reader.ok && !options->snapshot->trust->is_lost;
}
