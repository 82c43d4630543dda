/*
 * Reading the catalogue.
 *
 * The files that the last build does not know are put into the order in which
 * reading them is cheapest, and cut into runs of the same length; each worker
 * takes the next run, reads into a scratch arena and copies what stays into one
 * of its own, which the caller's takes over at the end. Each worker has a list
 * of messages; which of them stay does not depend on who met them, so neither
 * the catalogue nor the messages depend on the number of threads.
 */
#include "library/catalog.h"

#include <stdlib.h>

#include "library/claim.h"
#include "library/defaults_version.h"
#include "library/front_matter.h"
#include "library/id_owner.h"
#include "library/metadata_cache.h"
#include "library/resource_reader.h"
#include "library/stand_in.h"
#include "system/workers.h"

enum { RUN_LENGTH = 128 };

/* Some files in a row. */
struct run {
	size_t first; /* places in `order` of struct reading */
	size_t behind;
};

struct reading {
	struct catalog *catalog;
	const struct catalog_options *options;
	const uint32_t *files;
	size_t file_count;
	str *packed;	       /* one a file; empty: broken */
	struct digest *keys;   /* one a file, of all that it is made from */
	bool *is_known;	       /* came from the cache */
	bool *is_lost;	       /* must be read again next time */
	struct list told;      /* struct told_file, by position */
	const uint32_t *order; /* positions of files that must be read */
	size_t order_count;
	struct run *runs;
	size_t run_count;
	struct worker *workers;
	struct arena *arena;
};

struct worker {
	struct snapshot_reader *reader;
	struct arena scratch;	/* emptied after each file */
	struct arena result;	/* the packed resources */
	struct arena arena;	/* of the messages */
	struct diag_list diags; /* the reader cannot be had */
	struct list told;	/* struct told_file */
	size_t told_room;	/* bytes that may still be kept */
};

/* What was said of a file, to be kept. */
struct told_file {
	uint32_t position;
	str packed;
};

/* --- which files ---------------------------------------------------------- */

bool catalog_is_resource_path(str path)
{
	str name = str_file_name(path);

	return str_ends_with(name, STR(".md")) && name.data[0] != '_' &&
	       name.data[0] != '.' && !str_equal(name, STR("README.md")) &&
	       str_find(path, STR("/.")) == STR_NONE;
}

static void list_files(struct reading *reading, size_t first, size_t behind)
{
	const struct snapshot *snapshot = reading->options->snapshot;
	uint32_t *files =
		arena_array(reading->arena, behind - first, sizeof(*files));

	for (size_t i = first; i < behind; i++)
		if (catalog_is_resource_path(snapshot_path(snapshot, i)))
			files[reading->file_count++] = (uint32_t)i;
	reading->files = files;
}

/* --- _defaults.yaml ------------------------------------------------------- */

/* Reads all of them. False when one cannot be read at all. */
static bool read_defaults(struct reading *reading, size_t first, size_t behind,
			  struct diag_list *diags)
{
	const struct snapshot *snapshot = reading->options->snapshot;
	struct arena scratch;
	const struct resource_reader reader = {
		.catalog = reading->catalog,
		.files = snapshot_reader_open(snapshot, diags),
		.offset = reading->options->offset,
		.arena = reading->arena,
		.scratch = &scratch,
		.diags = diags,
	};

	if (reader.files == NULL)
		return false;
	arena_init(&scratch);
	for (size_t i = first; i < behind; i++)
		if (snapshot_is_defaults(snapshot_path(snapshot, i)))
			(void)resource_reader_add_defaults(&reader, i);
	arena_release(&scratch);
	snapshot_reader_close(reader.files);
	defaults_versions_find(reading->catalog, reading->options,
			       reading->arena, diags);
	resource_reader_link_defaults(reading->catalog);
	return true;
}

/* --- the workers ---------------------------------------------------------- */

/* Most files have nothing to be said of. */
static void keep_messages(struct reading *reading, struct worker *worker,
			  uint32_t position, const struct diag_list *diags)
{
	struct buf packed;

	buf_init(&packed, &worker->scratch);
	if (findings_pack(&packed, diags, reading->options->snapshot) &&
	    packed.len <= worker->told_room) {
		struct told_file *told =
			list_add(&worker->told, &worker->result);

		worker->told_room -= packed.len;
		told->position = position;
		told->packed = arena_copy(&worker->result, buf_str(&packed));
	} else {
		reading->is_lost[position] = true;
	}
	diag_merge(&worker->diags, diags);
}

static bool read_resource(struct reading *reading, struct worker *worker,
			  size_t position, struct diag_list *diags)
{
	const struct resource_reader reader = {
		.catalog = reading->catalog,
		.files = worker->reader,
		.offset = reading->options->offset,
		.scratch = &worker->scratch,
		.diags = diags,
	};
	uint32_t file = reading->files[position];
	struct resource resource;
	struct buf bytes;

	if (!resource_reader_read(&resource, &reader, file, file,
				  reading->catalog->schema))
		return false;
	buf_init(&bytes, &worker->scratch);
	resource_pack(&bytes, &resource);
	reading->packed[position] =
		arena_copy(&worker->result, buf_str(&bytes));
	return true;
}

static void read_run(void *context, size_t number, size_t item)
{
	struct reading *reading = context;
	struct worker *worker = &reading->workers[number];
	const struct run *run = &reading->runs[item];

	for (size_t i = run->first; i < run->behind; i++) {
		uint32_t position = reading->order[i];
		struct diag_list diags;

		diag_list_init(&diags, &worker->scratch);
		diags.levels = worker->diags.levels;
		if (!read_resource(reading, worker, position, &diags))
			reading->packed[position].len = 0;
		/* what a preview shows with its mistakes is read again */
		if (reading->options->is_preview)
			reading->is_lost[position] = diags.error_count > 0;
		if (diags.count > 0)
			keep_messages(reading, worker, position, &diags);
		arena_reset(&worker->scratch);
	}
}

/* False when there is nobody to ask; then nothing can be read either. */
static bool put_in_order(struct reading *reading, struct diag_list *diags)
{
	const struct snapshot *snapshot = reading->options->snapshot;
	uint32_t *order = arena_array(reading->arena, reading->file_count,
				      sizeof(*order));
	struct snapshot_reader *reader = snapshot_reader_open(snapshot, diags);
	struct arena scratch;
	uint32_t *positions;

	if (reader == NULL)
		return false;
	arena_init(&scratch);
	positions = arena_array(&scratch, snapshot->count, sizeof(*positions));
	for (size_t i = 0; i < reading->file_count; i++) {
		positions[reading->files[i]] = (uint32_t)i;
		if (!reading->is_known[i])
			order[reading->order_count++] = reading->files[i];
	}
	snapshot_order(reader, order, reading->order_count);
	for (size_t i = 0; i < reading->order_count; i++)
		order[i] = positions[order[i]];
	reading->order = order;
	arena_release(&scratch);
	snapshot_reader_close(reader);
	return true;
}

static void prepare_runs(struct reading *reading)
{
	reading->run_count =
		(reading->order_count + RUN_LENGTH - 1) / RUN_LENGTH;
	reading->runs = arena_array(reading->arena, reading->run_count,
				    sizeof(*reading->runs));
	for (size_t i = 0; i < reading->run_count; i++) {
		struct run *run = &reading->runs[i];

		run->first = i * RUN_LENGTH;
		run->behind = run->first + RUN_LENGTH;
		if (run->behind > reading->order_count)
			run->behind = reading->order_count;
	}
}

/* --- the cache ------------------------------------------------------------ */

/* Says again what was said of a file; false when it must be read. */
static bool repeat(struct reading *reading, uint32_t position,
		   const struct metadata *found, struct diag_list *diags)
{
	const struct catalog_options *options = reading->options;
	str path = snapshot_path(options->snapshot, reading->files[position]);
	struct told_file *told;
	str packed;

	if (found->told == 0)
		return true;
	packed = findings_of(options->known, path);
	if (findings_digest(packed) != found->told ||
	    !findings_repeat(diags, packed, options->snapshot))
		return false;
	told = list_add(&reading->told, reading->arena);
	*told = (struct told_file){ position, packed };
	return true;
}

static void find_known(struct reading *reading, struct diag_list *diags)
{
	struct metadata_cache *cache = reading->options->cache;
	const struct snapshot *snapshot = reading->options->snapshot;

	for (size_t i = 0; cache != NULL && i < reading->file_count; i++) {
		uint32_t file = reading->files[i];
		struct metadata found;

		reading->keys[i] = resource_reader_key(
			reading->catalog, reading->options->offset, file);
		if (!metadata_cache_find(&found, cache,
					 snapshot_path(snapshot, file),
					 reading->keys[i]))
			continue;
		reading->is_known[i] =
			repeat(reading, (uint32_t)i, &found, diags);
		if (reading->is_known[i])
			reading->packed[i] = found.packed;
		else
			metadata_cache_refuse(cache);
	}
}

static int compare_positions(const void *left, const void *right)
{
	const struct told_file *a = left;
	const struct told_file *b = right;

	return (a->position > b->position) - (a->position < b->position);
}

/* What was said of each file, in the order of the files. */
static void sort_told(struct reading *reading)
{
	struct list *told = &reading->told;

	if (told->count > 0)
		qsort(told->items, told->count, sizeof(struct told_file),
		      compare_positions);
}

/*
 * Only what has no mistakes, and means the same in another build; and of that
 * what was said.
 */
static void note_known(struct reading *reading)
{
	struct metadata_cache *cache = reading->options->cache;
	struct catalog *catalog = reading->catalog;
	const struct told_file *told = reading->told.items;
	const struct told_file *behind = told + reading->told.count;
	struct list rows;

	list_init(&rows, sizeof(struct finding_row));
	sort_told(reading);
	for (size_t i = 0; cache != NULL && i < reading->file_count; i++) {
		uint32_t number = catalog->numbers[reading->files[i]];
		struct metadata noted = { .key = reading->keys[i] };
		struct resource resource;
		str packed = STR("");

		if (told < behind && told->position == i)
			packed = told++->packed;
		if (number == RESOURCE_NONE || reading->is_lost[i])
			continue;
		catalog_get(&resource, catalog, number);
		if (!resource_is_lasting(&resource))
			continue;
		noted.packed = catalog->packed[number];
		noted.told = findings_digest(packed);
		metadata_cache_note(cache, resource.path, noted);
		if (packed.len > 0)
			*(struct finding_row *)list_add(&rows, reading->arena) =
				(struct finding_row){ resource.path, packed };
	}
	catalog->findings = (struct findings){ rows.items, rows.count };
}

static bool start_workers(struct reading *reading, size_t count,
			  const struct diag_list *diags)
{
	bool ok = true;

	reading->workers =
		arena_array(reading->arena, count, sizeof(*reading->workers));
	for (size_t i = 0; i < count; i++) {
		struct worker *worker = &reading->workers[i];

		arena_init(&worker->scratch);
		arena_init(&worker->result);
		arena_init(&worker->arena);
		diag_list_init_part(&worker->diags, &worker->arena, diags);
		list_init(&worker->told, sizeof(struct told_file));
		worker->told_room = FINDINGS_LIMIT / count;
		worker->reader = snapshot_reader_open(
			reading->options->snapshot, &worker->diags);
		ok &= worker->reader != NULL;
	}
	return ok;
}

static void take_told(struct reading *reading, const struct worker *worker)
{
	const struct told_file *told = worker->told.items;

	for (size_t i = 0; i < worker->told.count; i++)
		*(struct told_file *)list_add(&reading->told, reading->arena) =
			told[i];
}

/* False when a worker or a file met a failure. */
static bool stop_workers(struct reading *reading, size_t count,
			 struct diag_list *diags)
{
	bool ok = true;

	for (size_t i = 0; i < count; i++) {
		struct worker *worker = &reading->workers[i];

		snapshot_reader_close(worker->reader);
		ok &= !worker->diags.failed;
		diag_merge(diags, &worker->diags);
		take_told(reading, worker);
		arena_release(&worker->arena);
		arena_release(&worker->scratch);
		arena_take(reading->arena, &worker->result);
	}
	return ok;
}

/* Not more than there are runs: each has a handle of its own. */
static size_t worker_count(const struct reading *reading)
{
	size_t count = reading->options->threads;

	if (count > reading->run_count)
		count = reading->run_count;
	return count == 0 ? 1 : count;
}

static bool read_resources(struct reading *reading, struct diag_list *diags)
{
	size_t count;

	reading->packed = arena_array(reading->arena, reading->file_count,
				      sizeof(*reading->packed));
	reading->keys = arena_array(reading->arena, reading->file_count,
				    sizeof(*reading->keys));
	reading->is_known = arena_array(reading->arena, reading->file_count, 1);
	reading->is_lost = arena_array(reading->arena, reading->file_count, 1);
	list_init(&reading->told, sizeof(struct told_file));
	find_known(reading, diags);
	if (!put_in_order(reading, diags))
		return false;
	prepare_runs(reading);
	count = worker_count(reading);
	if (start_workers(reading, count, diags))
		workers_run(count, reading->run_count, read_run, reading);
	return stop_workers(reading, count, diags);
}

/* --- earlier versions ----------------------------------------------------- */

/* Nobody reviews a draft, and readers see nothing of it. */
static bool is_draft(const struct reading *reading, size_t position)
{
	uint32_t file = reading->files[position];
	struct resource resource;

	return resource_unpack(&resource, reading->packed[position],
			       snapshot_path(reading->options->snapshot, file),
			       file) &&
	       (resource.status == STATUS_DRAFT ||
		resource.status == STATUS_IN_REVIEW);
}

/* It is right, and was not reviewed. */
static bool is_waiting(const struct reading *reading, size_t position)
{
	const struct review_gate *gate = reading->options->gate;
	const struct snapshot *snapshot = reading->options->snapshot;
	uint32_t file = reading->files[position];
	str path = snapshot_path(snapshot, file);

	return gate != NULL && reading->packed[position].len > 0 &&
	       gate->asks(gate->context, path) &&
	       !gate->passes(gate->context, path, snapshot_blob(snapshot, file),
			     STR("")) &&
	       !is_draft(reading, position);
}

/* What does not count as it is: its packed bytes are empty from here on. */
static void list_wrong(struct stand_in_search *search, struct reading *reading)
{
	for (size_t i = 0; i < reading->file_count; i++) {
		bool waits = is_waiting(reading, i);

		if (reading->packed[i].len > 0 && !waits)
			continue;
		reading->packed[i].len = 0;
		search->is_waiting[search->count] = waits;
		search->files[search->count++] = reading->files[i];
	}
}

/* What has mistakes is read again next time, whatever stands in for it. */
static void find_stand_ins(struct reading *reading, struct diag_list *diags)
{
	const struct catalog_options *options = reading->options;
	struct stand_in_search search = {
		.catalog = reading->catalog,
		.snapshot = options->snapshot,
		.folder = options->folder,
		.offset = options->offset,
		.memory = options->memory,
		.verdicts = options->verdicts,
		.gate = options->gate,
		.is_waiting =
			arena_array(reading->arena, reading->file_count, 1),
		.files = arena_array(reading->arena, reading->file_count,
				     sizeof(*search.files)),
		.packed = arena_array(reading->arena, reading->file_count,
				      sizeof(*search.packed)),
	};
	size_t at = 0;

	list_wrong(&search, reading);
	if (search.count == 0)
		return;
	stand_ins_find(&search, reading->arena, diags);
	for (size_t i = 0; i < reading->file_count; i++) {
		if (reading->packed[i].len > 0)
			continue;
		reading->is_lost[i] = true;
		reading->packed[i] = search.packed[at++];
	}
}

/* --- the index ------------------------------------------------------------ */

/* The file that has the id at `position` was there before this one. */
static void report_id(const struct id_owners *owners, uint32_t position,
		      struct diag_list *diags)
{
	uint32_t file = owners->files[position];
	str path = snapshot_path(owners->snapshot, file);
	struct resource resource;
	uintptr_t owner;
	struct diag *diag;

	if (!resource_unpack(&resource, owners->packed[position], path, file))
		return;
	owner = (uintptr_t)map_get(&owners->wanted, resource.id);
	diag = diag_error(diags, (struct span){ file, 0, 3 }, "id-duplicate",
			  _("the id \"%.*s\" belongs to %.*s, which had it "
			    "first: this is not published"),
			  STR_ARG(resource.id),
			  STR_ARG(snapshot_path(owners->snapshot,
						owners->files[owner - 1])));
	diag_help(diags, diag,
		  _("give %.*s an id of its own; the id of a published "
		    "resource never changes"),
		  STR_ARG(path));
}

static bool is_there(const struct id_owners *owners, size_t position)
{
	return owners->packed[position].len > 0 && !owners->is_late[position];
}

static void index_ids(struct catalog *catalog, const struct id_owners *owners)
{
	for (size_t i = 0; i < owners->own_count; i++) {
		const struct id_wish *own = &owners->own[i];
		uint32_t file = owners->files[own->position];
		uintptr_t number = catalog->numbers[file];

		if (number != RESOURCE_NONE)
			map_set(&catalog->own_ids, own->id,
				(void *)(number + 1));
	}
}

/* Closes the gaps that files leave which are not there, and fills the maps. */
static void number_resources(struct reading *reading,
			     const struct id_owners *owners)
{
	struct catalog *catalog = reading->catalog;
	const struct snapshot *snapshot = reading->options->snapshot;
	uint32_t *numbers =
		arena_raw(reading->arena, snapshot->count * sizeof(*numbers));
	uint32_t *files = arena_array(reading->arena, reading->file_count,
				      sizeof(*files));
	struct list broken;

	list_init(&broken, sizeof(uint32_t));
	memset(numbers, 0xff, snapshot->count * sizeof(*numbers));
	for (size_t i = 0; i < reading->file_count; i++) {
		uint32_t file = reading->files[i];

		if (!is_there(owners, i)) {
			*(uint32_t *)list_add(&broken, reading->arena) = file;
			continue;
		}
		reading->packed[catalog->count] = reading->packed[i];
		files[catalog->count] = file;
		numbers[file] = (uint32_t)catalog->count++;
	}
	catalog->packed = reading->packed;
	catalog->files = files;
	catalog->numbers = numbers;
	catalog->broken = broken.items;
	catalog->broken_count = broken.count;
}

static const struct claim_sources *sources_of(const struct reading *reading,
					      const struct diag_list *diags)
{
	const struct catalog_options *options = reading->options;
	struct claim_sources *sources =
		arena_alloc(reading->arena, sizeof(*sources));
	struct diag_list *part = arena_alloc(reading->arena, sizeof(*part));

	/* asked for as long as there is the catalogue, and `diags` is not */
	diag_list_init_part(part, reading->arena, diags);
	*sources = (struct claim_sources){ .folder = options->folder,
					   .history = options->history,
					   .memory = options->memory,
					   .verdicts = options->verdicts,
					   .diags = part };
	return sources;
}

static void index_resources(struct reading *reading, struct diag_list *diags)
{
	struct id_owners owners = {
		.snapshot = reading->options->snapshot,
		.catalog = reading->catalog,
		.history = reading->options->history,
		.files = reading->files,
		.packed = reading->packed,
		.count = reading->file_count,
	};

	reading->catalog->claims = sources_of(reading, diags);
	id_owners_find(&owners, reading->arena);
	for (size_t i = 0; i < owners.count; i++)
		if (owners.is_late[i])
			report_id(&owners, (uint32_t)i, diags);
	number_resources(reading, &owners);
	index_ids(reading->catalog, &owners);
}

struct date_key {
	int64_t seconds;
	uint32_t number;
};

/* Newest first; numbers follow the paths. */
static int compare_dates(const void *left, const void *right)
{
	const struct date_key *a = left;
	const struct date_key *b = right;

	if (a->seconds != b->seconds)
		return a->seconds < b->seconds ? 1 : -1;
	return (a->number > b->number) - (a->number < b->number);
}

static struct date_key *read_keys(const struct catalog *catalog, uint8_t *types,
				  struct arena *arena)
{
	struct date_key *keys =
		arena_array(arena, catalog->count, sizeof(*keys));

	for (uint32_t i = 0; i < catalog->count; i++) {
		struct resource resource;

		catalog_get(&resource, catalog, i);
		keys[i] = (struct date_key){ resource.date.seconds, i };
		types[i] = (uint8_t)resource.type;
	}
	return keys;
}

static void sort_by_date(struct catalog *catalog, struct arena *arena)
{
	size_t count = catalog->count;
	uint32_t *numbers = arena_array(arena, count, sizeof(*numbers));
	uint32_t *ranks = arena_array(arena, count, sizeof(*ranks));
	uint8_t *types = arena_array(arena, count, sizeof(*types));
	struct arena scratch;
	struct date_key *keys;

	arena_init(&scratch);
	keys = read_keys(catalog, types, &scratch);
	qsort(keys, count, sizeof(*keys), compare_dates);
	for (size_t i = 0; i < count; i++) {
		numbers[i] = keys[i].number;
		ranks[keys[i].number] = (uint32_t)i;
	}
	arena_release(&scratch);
	catalog->by_date = numbers;
	catalog->ranks = ranks;
	catalog->types = types;
}

bool catalog_read(struct catalog *out, const struct catalog_options *options,
		  struct arena *arena, struct diag_list *diags)
{
	struct reading reading = { .catalog = out,
				   .options = options,
				   .arena = arena };
	size_t first, behind;
	bool ok;

	*out = (struct catalog){ .snapshot = options->snapshot,
				 .schema = options->schema,
				 .offset = options->offset,
				 .is_preview = options->is_preview };
	map_init(&out->own_ids, arena);
	map_init(&out->defaults, arena);
	list_init(&out->asked_types, sizeof(str));
	snapshot_range(options->snapshot, STR("content/"), &first, &behind);
	list_files(&reading, first, behind);
	if (!read_defaults(&reading, first, behind, diags))
		return false;
	ok = read_resources(&reading,
			    options->told == NULL ? diags : options->told);
	if (ok)
		find_stand_ins(&reading, diags);
	index_resources(&reading, diags);
	note_known(&reading);
	sort_by_date(out, arena);
	return ok;
}

/* --- one of them again ---------------------------------------------------- */

/* A file by itself, and what it inherits. */
struct one_file {
	struct resource_reader reader;
	uint32_t file;
	struct diag_list above; /* of defaults: nothing of the file */
	struct arena scratch;
};

static void open_file(struct one_file *one, struct catalog *catalog,
		      struct snapshot_reader *reader, uint32_t file,
		      struct arena *arena)
{
	one->file = file;
	one->reader = (struct resource_reader){ .catalog = catalog,
						.files = reader,
						.offset = catalog->offset,
						.arena = arena,
						.scratch = &one->scratch,
						.diags = &one->above };
	arena_init(&one->scratch);
	diag_list_init(&one->above, &one->scratch);
	resource_reader_add_above(&one->reader,
				  snapshot_path(catalog->snapshot, one->file));
}

static void open_one(struct one_file *one, struct catalog *catalog,
		     struct snapshot_reader *reader, uint32_t number,
		     struct arena *arena)
{
	open_file(one, catalog, reader, catalog_file(catalog, number), arena);
}

bool catalog_read_defaults(struct catalog *catalog,
			   struct snapshot_reader *reader, uint32_t file,
			   struct arena *arena)
{
	struct one_file one;
	bool ok;

	open_file(&one, catalog, reader, file, arena);
	ok = one.above.count == 0 && !one.above.failed;
	arena_release(&one.scratch);
	return ok;
}

void catalog_read_above(struct catalog *catalog, struct snapshot_reader *reader,
			uint32_t number, struct arena *arena)
{
	struct one_file one;

	open_one(&one, catalog, reader, number, arena);
	arena_release(&one.scratch);
}

bool catalog_read_one(struct metadata *out, struct catalog *catalog,
		      struct snapshot_reader *reader, uint32_t number,
		      struct arena *arena, struct diag_list *diags)
{
	struct one_file one;
	struct resource resource;
	struct buf bytes;
	bool ok;

	open_one(&one, catalog, reader, number, arena);
	one.reader.diags = diags;
	buf_init(&bytes, arena);
	ok = resource_reader_read(&resource, &one.reader, one.file, one.file,
				  catalog->schema);
	if (ok)
		resource_pack(&bytes, &resource);
	*out = (struct metadata){ .key = resource_reader_key(
					  catalog, catalog->offset, one.file),
				  .packed = buf_str(&bytes) };
	arena_release(&one.scratch);
	return ok;
}
