/*
 * Subjects are gone through in chunks (cache/chunk_pass.h). A chunk of what was
 * judged is a row for each subject:
 *
 *	text name | digest, digest | text, text | text
 *
 * the digests of what rules are given, without the day and with it, what the
 * rules of each kind said (library/findings.h), and the sketch of a resource's
 * text, for rules that compare all texts. A subject whose findings
 * cannot be kept has no row. Extracts are in a chunk of their own beside it,
 * which is not even looked at while nothing of the rows changes.
 */
#include "audit/judge.h"

#include "base/pack.h"
#include "cache/chunk_pass.h"
#include "library/extract_chunk.h"
#include "library/findings.h"
#include "library/resource_reader.h"
#include "snapshot/reading_thread.h"

enum { UNDATED, DATED, GROUP_COUNT };
enum { VALUE_JUDGED, VALUE_EXTRACTS };

/* A resource, or a column of a site. */
struct subject {
	uint32_t resource;
	const struct site *site;
	const struct column *column;
};

/* Of a subject, as it was judged before or is now. */
struct judged {
	struct digest keys[GROUP_COUNT];
	str said[GROUP_COUNT];
	str sketch; /* bytes of a struct text_sketch; empty: none */
};

struct judge_thread {
	struct reading_thread reading;
	size_t judged;
	size_t bodies;
};

/* All subjects of a scope. */
struct scope_pass {
	struct judging *judging;
	enum rule_scope scope;
	struct digest settings; /* of all files below sites/ */
	struct date today;
	struct moment began; /* the library, by its history */
	const struct subject *subjects;
	struct judge_thread *threads;
};

/* --- what rules are given ------------------------------------------------- */

/*
 * Files below sites/ count as they stand in the snapshot, which has an earlier
 * version where one stands in.
 */
static struct digest settings_digest(const struct page_plan *plan)
{
	const struct cluster *cluster = plan->arrangement->cluster;
	const struct snapshot *snapshot = plan->snapshot;
	struct digest digest = { 0 };

	digest_add_number(&digest,
			  (uint64_t)(uint32_t)cluster->platform.offset);
	for (size_t i = 0; i < snapshot->count; i++) {
		str path = snapshot_path(snapshot, i);

		if (!str_starts_with(path, STR("sites/")))
			continue;
		digest_add(&digest, path);
		digest_add(&digest, snapshot_blob(snapshot, i));
	}
	for (size_t i = 0; i < cluster->count; i++) {
		digest_add(&digest, cluster->sites[i].id);
		digest_add(&digest, cluster->sites[i].domain);
	}
	return digest;
}

static void add_place(struct digest *digest,
		      const struct arrangement *arrangement, uint32_t number)
{
	struct placement place = arrangement_of(arrangement, number);

	digest_add_number(digest, place.visibility);
	digest_add_number(digest, (uint64_t)place.archived_since.seconds);
	digest_add(digest, place.site == NULL ? STR("") : place.site->id);
	digest_add(digest, place.column == NULL ? STR("") : place.column->path);
}

/* All that the catalogue knows of it. */
static void add_metadata(struct digest *digest, const struct catalog *catalog,
			 uint32_t number)
{
	digest_add(digest, snapshot_path(catalog->snapshot,
					 catalog_file(catalog, number)));
	digest_add(digest, catalog->packed[number]);
}

static void add_rows(struct digest *digest, const struct scope_pass *pass,
		     const uint32_t *numbers, size_t count)
{
	const struct arrangement *arrangement =
		pass->judging->plan->arrangement;

	digest_add_number(digest, count);
	for (size_t i = 0; i < count; i++) {
		add_metadata(digest, arrangement->catalog, numbers[i]);
		add_place(digest, arrangement, numbers[i]);
	}
}

static struct moment first_seen(const struct page_plan *plan, uint32_t number)
{
	return plan->history[catalog_file(plan->arrangement->catalog, number)]
		.created;
}

/* The commit that brought the first texts in; not set without a history. */
static struct moment find_beginning(const struct page_plan *plan)
{
	struct moment first = { 0 };

	for (uint32_t i = 0;
	     plan->history != NULL && i < plan->arrangement->catalog->count;
	     i++) {
		struct moment created = first_seen(plan, i);

		if (created.is_set &&
		    (!first.is_set || moment_compare(created, first) < 0))
			first = created;
	}
	return first;
}

/*
 * Not set without a history, nor for what a library began with: of that, the
 * history does not know since when it is published.
 */
static struct moment created_of(const struct scope_pass *pass, uint32_t number)
{
	struct moment created = { 0 };

	if (pass->judging->plan->history != NULL)
		created = first_seen(pass->judging->plan, number);
	return created.is_set && moment_compare(created, pass->began) > 0
		       ? created
		       : (struct moment){ 0 };
}

static void make_keys(struct digest keys[GROUP_COUNT],
		      const struct scope_pass *pass,
		      const struct subject *subject, struct digest text)
{
	const struct arrangement *arrangement =
		pass->judging->plan->arrangement;
	struct digest key = pass->settings;

	if (pass->scope == RULE_RESOURCE) {
		digest_add_digest(&key, text);
		digest_add_number(
			&key,
			(uint64_t)created_of(pass, subject->resource).seconds);
		add_metadata(&key, arrangement->catalog, subject->resource);
		add_place(&key, arrangement, subject->resource);
	} else {
		const struct column_list *list = &subject->column->list;

		digest_add_number(&key, subject->column->is_archived);
		add_rows(&key, pass, list->live, list->live_count);
		add_rows(&key, pass, list->archived, list->archived_count);
	}
	keys[UNDATED] = key;
	digest_add_number(&key, (uint64_t)date_day_number(pass->today));
	digest_add_number(&key, pass->judging->is_daily);
	keys[DATED] = key;
}

/* --- the text of a resource ----------------------------------------------- */

/* A chunk, while it is gone through. */
struct chunk_work {
	const struct scope_pass *pass;
	struct judge_thread *thread;
	struct chunk *chunk;
	struct arena *result;
	struct arena *scratch;
	struct digest *texts; /* extract_key of each subject */
	struct extract_chunk extracts;
	bool has_extracts; /* they were looked at */
};

struct text_work {
	struct chunk_work *work;
	const struct subject *subject;
	struct digest key;
	const struct resource *resource;
	struct extract extract;
	struct scanned_text scanned;
	struct front_matter matter;
	bool is_read;
	bool is_scanned;
	bool is_matter_read;
	bool has_matter;
};

static void open_extracts(struct chunk_work *work)
{
	if (work->has_extracts)
		return;
	work->has_extracts = true;
	extract_chunk_open(&work->extracts,
			   chunk_value(work->chunk, VALUE_EXTRACTS),
			   work->result);
}

static const struct extract *read_text(void *context)
{
	struct text_work *text = context;
	struct judge_thread *thread = text->work->thread;

	open_extracts(text->work);
	if (!text->is_read) /* what cannot be had was told with its page */
		(void)!extract_chunk_read(
			&text->extract, &text->work->extracts,
			text->work->pass->judging->plan->arrangement->catalog,
			thread->reading.reader, text->subject->resource,
			text->key, &thread->reading.scratch);
	text->is_read = true;
	return &text->extract;
}

static const struct scanned_text *scan_text(void *context)
{
	struct text_work *text = context;

	if (!text->is_scanned)
		scanned_text_make(&text->scanned, text->resource,
				  read_text(text),
				  &text->work->pass->judging->book->words,
				  &text->work->thread->reading.scratch);
	text->is_scanned = true;
	return &text->scanned;
}

static const struct front_matter *read_matter(void *context)
{
	struct text_work *text = context;
	struct judge_thread *thread = text->work->thread;
	const struct catalog *catalog =
		text->work->pass->judging->plan->arrangement->catalog;
	struct diag_list untold; /* that text was read before */
	struct source source;

	if (!text->is_matter_read) {
		diag_list_init(&untold, &thread->reading.scratch);
		text->has_matter = resource_reader_matter(
			&text->matter, &source, catalog, thread->reading.reader,
			catalog_file(catalog, text->subject->resource),
			&thread->reading.scratch, &untold);
	}
	text->is_matter_read = true;
	return text->has_matter ? &text->matter : NULL;
}

static struct span find_words(void *context, str words)
{
	struct text_work *text = context;
	struct judge_thread *thread = text->work->thread;
	uint32_t file = catalog_file(
		text->work->pass->judging->plan->arrangement->catalog,
		text->subject->resource);
	struct diag_list untold; /* that text was read before */
	struct source source;
	size_t at;

	thread->bodies++;
	diag_list_init(&untold, &thread->reading.scratch);
	if (!snapshot_read_text(&source, thread->reading.reader, file,
				&thread->reading.scratch, &untold))
		return (struct span){ file, 0, 0 };
	at = str_find(source.text, words);
	return at == STR_NONE ? span_of(&source, 0, 0)
			      : span_of(&source, at, at + words.len);
}

/* --- judging -------------------------------------------------------------- */

static struct rule_choice choose(const struct scope_pass *pass, int group)
{
	return (struct rule_choice){ .scope = pass->scope,
				     .is_check = pass->judging->is_check,
				     .is_daily = pass->judging->is_daily,
				     .dates = group == DATED ? RULES_DATED
							     : RULES_UNDATED };
}

static void judge(struct chunk_work *work, const struct subject *subject,
		  int group, struct text_work *text, struct diag_list *found)
{
	const struct scope_pass *pass = work->pass;
	const struct arrangement *arrangement =
		pass->judging->plan->arrangement;
	const struct rule_choice choice = choose(pass, group);
	const struct rule_text asked = { text, read_text, scan_text,
					 read_matter, find_words };
	struct rule_input input = { .book = pass->judging->book,
				    .site = subject->site,
				    .column = subject->column,
				    .arena = &work->thread->reading.scratch };
	struct resource resource;

	if (pass->scope == RULE_RESOURCE) {
		catalog_get(&resource, arrangement->catalog, subject->resource);
		text->resource = &resource;
		input.resource = &resource;
		input.type =
			catalog_type(arrangement->catalog, subject->resource);
		input.text = &asked;
		input.holidays = &arrangement->cluster->holidays;
		input.created = created_of(pass, subject->resource);
	} else {
		input.arrangement = arrangement;
	}
	if (group == DATED)
		input.today = pass->today;
	work->thread->judged += rules_judge(&input, &choice, found);
}

/* False when what was said cannot be kept. */
static bool judge_anew(str *said, struct chunk_work *work,
		       const struct subject *subject, int group,
		       struct text_work *text)
{
	struct judge_thread *thread = work->thread;
	struct diag_list found;
	struct buf packed;

	diag_list_init(&found, &thread->reading.scratch);
	found.levels = thread->reading.diags.levels;
	judge(work, subject, group, text, &found);
	*said = STR("");
	if (found.count == 0)
		return true;
	diag_merge(&thread->reading.diags, &found);
	buf_init(&packed, work->scratch);
	if (!findings_pack(&packed, &found,
			   work->pass->judging->plan->snapshot))
		return false;
	*said = buf_str(&packed);
	return true;
}

static bool say_again(struct chunk_work *work, const struct judged *known,
		      const struct judged *now, int group)
{
	return known != NULL &&
	       digest_equal(known->keys[group], now->keys[group]) &&
	       (known->said[group].len == 0 ||
		findings_repeat(&work->thread->reading.diags,
				known->said[group],
				work->pass->judging->plan->snapshot));
}

/* Of what is told again, the text is the same too. */
static void sketch_subject(struct judged *out, struct chunk_work *work,
			   size_t number, const struct judged *known,
			   struct text_work *text)
{
	struct judging *judging = work->pass->judging;
	struct sketched_text *kept =
		&judging->texts.items[work->chunk->first + number];
	uint32_t least;

	kept->resource = text->subject->resource;
	if (known != NULL &&
	    digest_equal(known->keys[UNDATED], out->keys[UNDATED])) {
		out->sketch = known->sketch;
		kept->is_sketched = out->sketch.len == sizeof(kept->sketch);
		if (kept->is_sketched)
			memcpy(&kept->sketch, out->sketch.data,
			       sizeof(kept->sketch));
		return;
	}
	least = rule_book_limit(judging->book, LIMIT_COPY_CHARACTERS);
	kept->is_sketched =
		text_sketch_make(&kept->sketch, read_text(text)->body, least);
	if (kept->is_sketched)
		out->sketch = (str){ (const char *)&kept->sketch,
				     sizeof(kept->sketch) };
}

static bool judge_subject(struct judged *out, struct chunk_work *work,
			  size_t number, const struct judged *known)
{
	const struct scope_pass *pass = work->pass;
	const struct subject *subject =
		&pass->subjects[work->chunk->first + number];
	struct text_work text = { .work = work, .subject = subject };
	bool ok = true;

	if (pass->scope == RULE_RESOURCE)
		text.key =
			extract_key(pass->judging->plan->arrangement->catalog,
				    subject->resource);
	work->texts[number] = text.key;
	make_keys(out->keys, pass, subject, text.key);
	for (int group = 0; group < GROUP_COUNT; group++) {
		if (say_again(work, known, out, group))
			out->said[group] = known->said[group];
		else
			ok &= judge_anew(&out->said[group], work, subject,
					 group, &text);
	}
	if (pass->judging->texts.items != NULL && pass->scope == RULE_RESOURCE)
		sketch_subject(out, work, number, known, &text);
	arena_reset(&work->thread->reading.scratch);
	return ok;
}

/* --- a chunk -------------------------------------------------------------- */

static void read_rows(struct map *out, str bytes, struct arena *arena)
{
	str name;

	map_init(out, arena);
	while (unpack_text(&name, &bytes)) {
		struct judged *row = arena_alloc(arena, sizeof(*row));

		if (!unpack_bytes(row->keys, sizeof(row->keys), &bytes) ||
		    !unpack_text(&row->said[UNDATED], &bytes) ||
		    !unpack_text(&row->said[DATED], &bytes) ||
		    !unpack_text(&row->sketch, &bytes))
			return;
		map_set(out, name, row);
	}
}

static void add_row(struct buf *out, str name, const struct judged *row)
{
	pack_text(out, name);
	pack_bytes(out, row->keys, sizeof(row->keys));
	pack_text(out, row->said[UNDATED]);
	pack_text(out, row->said[DATED]);
	pack_text(out, row->sketch);
}

/* Extracts of what is not there any more are left out. */
static str pack_extracts(struct chunk_work *work)
{
	struct buf bytes;

	open_extracts(work);
	buf_init(&bytes, work->result);
	for (size_t i = 0; i < work->chunk->count; i++)
		extract_chunk_pack(&bytes, &work->extracts,
				   work->chunk->names[i], work->texts[i]);
	return buf_str(&bytes);
}

static void judge_chunk(void *context, size_t thread, struct chunk *chunk,
			struct arena *result, struct arena *scratch)
{
	const struct scope_pass *pass = context;
	struct chunk_work work = { .pass = pass,
				   .thread = &pass->threads[thread],
				   .chunk = chunk,
				   .result = result,
				   .scratch = scratch };
	str before = chunk_value(chunk, VALUE_JUDGED);
	struct map known;
	struct buf rows;

	work.texts = arena_array(scratch, chunk->count, sizeof(*work.texts));
	read_rows(&known, before, scratch);
	buf_init(&rows, result);
	for (size_t i = 0; i < chunk->count; i++) {
		struct judged row = { 0 };

		if (judge_subject(&row, &work, i,
				  map_get(&known, chunk->names[i])))
			add_row(&rows, chunk->names[i], &row);
	}
	if (pass->scope == RULE_RESOURCE &&
	    (work.has_extracts || !str_equal(buf_str(&rows), before)))
		chunk->after[VALUE_EXTRACTS] = pack_extracts(&work);
	chunk->after[VALUE_JUDGED] = buf_str(&rows);
	work.thread->bodies += work.extracts.made;
}

/* --- all of a scope ------------------------------------------------------- */

static bool start_threads(struct scope_pass *pass, struct arena *arena,
			  const struct diag_list *whole)
{
	size_t count = pass->judging->threads;
	bool ok = true;

	pass->threads = arena_array(arena, count, sizeof(*pass->threads));
	for (size_t i = 0; i < count; i++)
		ok &= reading_thread_open(&pass->threads[i].reading,
					  pass->judging->plan->snapshot, whole);
	return ok;
}

static void stop_threads(struct scope_pass *pass, struct diag_list *diags)
{
	for (size_t i = 0; i < pass->judging->threads; i++) {
		struct judge_thread *thread = &pass->threads[i];

		pass->judging->judged += thread->judged;
		pass->judging->bodies += thread->bodies;
		(void)reading_thread_close(&thread->reading, diags);
	}
}

/* Its subjects, and their names, which no two share. */
struct subject_list {
	struct list subjects; /* struct subject */
	struct list names;    /* str */
};

static void add_subject(struct subject_list *list, struct subject subject,
			str name, struct arena *arena)
{
	*(struct subject *)list_add(&list->subjects, arena) = subject;
	*(str *)list_add(&list->names, arena) = name;
}

static void list_resources(struct subject_list *out,
			   const struct page_plan *plan, struct arena *arena)
{
	const struct arrangement *arrangement = plan->arrangement;
	const struct catalog *catalog = arrangement->catalog;

	for (uint32_t i = 0; i < catalog->count; i++) {
		struct placement place = arrangement_of(arrangement, i);

		if (arrangement_has_page(arrangement, i))
			add_subject(
				out,
				(struct subject){ i, place.site, place.column },
				snapshot_path(plan->snapshot,
					      catalog_file(catalog, i)),
				arena);
	}
}

static void list_columns(struct subject_list *out, const struct page_plan *plan,
			 struct arena *arena)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct site *site = plan->sites[i].site;

		for (size_t k = 0; k < site->column_count; k++)
			add_subject(
				out,
				(struct subject){ RESOURCE_NONE, site,
						  &site->columns[k] },
				arena_printf(arena, "%.*s %.*s",
					     STR_ARG(site->id),
					     STR_ARG(site->columns[k].path)),
				arena);
	}
}

static bool run_pass(struct scope_pass *pass, const struct subject_list *list,
		     struct arena *arena, struct diag_list *diags)
{
	const bool has_text = pass->scope == RULE_RESOURCE;
	const struct chunk_pass chunks = {
		.store = pass->judging->store,
		.list = has_text ? STR("resources") : STR("columns"),
		.kinds = { STORE_JUDGED, has_text ? STORE_EXTRACTS : 0 },
		.names = list->names.items,
		.count = list->names.count,
		.threads = pass->judging->threads,
		.job = judge_chunk,
		.context = pass,
	};
	bool ok;

	pass->subjects = list->subjects.items;
	ok = start_threads(pass, arena, diags) &&
	     chunk_pass_run(&chunks, diags);
	stop_threads(pass, diags);
	return ok && !diags->failed;
}

static void open_texts(struct judging *judging, size_t count)
{
	judging->texts.count = count;
	judging->texts.items = arena_array(judging->arena, count + 1,
					   sizeof(*judging->texts.items));
}

static bool judge_scope(struct judging *judging, enum rule_scope scope,
			struct diag_list *diags)
{
	const struct page_plan *plan = judging->plan;
	const struct rule_choice all = { scope, judging->is_check,
					 judging->is_daily, RULES_ALL };
	struct scope_pass pass = { .judging = judging, .scope = scope };
	struct subject_list list;
	struct arena arena;
	bool ok;

	if (!rules_has(&all))
		return true;
	arena_init(&arena);
	list_init(&list.subjects, sizeof(struct subject));
	list_init(&list.names, sizeof(str));
	pass.settings = settings_digest(plan);
	pass.today = arrangement_today(plan->arrangement);
	if (scope == RULE_RESOURCE) {
		pass.began = find_beginning(plan);
		list_resources(&list, plan, &arena);
	} else {
		list_columns(&list, plan, &arena);
	}
	if (scope == RULE_RESOURCE && judging->book != NULL)
		open_texts(judging, list.subjects.count);
	ok = run_pass(&pass, &list, &arena, diags);
	arena_release(&arena);
	return ok;
}

/*
 * Sites are few, and what is said of one is a question of counting: it is asked
 * anew each time.
 */
static void judge_sites(struct judging *judging, struct diag_list *diags)
{
	const struct arrangement *arrangement = judging->plan->arrangement;
	const struct rule_choice choice = { RULE_SITE, judging->is_check,
					    judging->is_daily, RULES_ALL };
	struct arena scratch;
	struct rule_input input = { .book = judging->book,
				    .arrangement = arrangement,
				    .plan = judging->plan,
				    .today = arrangement_today(arrangement),
				    .arena = &scratch };

	arena_init(&scratch);
	for (size_t i = 0; i < judging->plan->count; i++) {
		input.site = judging->plan->sites[i].site;
		input.site_plan = &judging->plan->sites[i];
		judging->judged += rules_judge(&input, &choice, diags);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

bool judge_library(struct judging *judging, struct diag_list *diags)
{
	judge_sites(judging, diags);
	return judge_scope(judging, RULE_RESOURCE, diags) &&
	       judge_scope(judging, RULE_COLUMN, diags);
}
