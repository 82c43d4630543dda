/*
 * Pages are gone through in chunks (cache/chunk_pass.h) in the order of the
 * plan. A chunk is a row for each page that stands in the output folder:
 *
 *	text path | SHA-256 | marks, as page_marks_pack has them
 *
 * A file that is not what the record says is not believed: the page is made in
 * memory, as if there were no output folder.
 */
#include "pipeline/link_proof.h"

#include "base/pack.h"
#include "cache/chunk_pass.h"
#include "pipeline/render_again.h"
#include "snapshot/reading_thread.h"

struct proof_thread {
	struct reading_thread reading;
	struct sha256_maker *sha256;
	size_t read;
};

struct proof_pass {
	struct link_proof *proof;
	const size_t *items; /* of the work: pages with HTML */
	struct proof_thread *threads;
};

/* What an earlier check has read. */
struct known_marks {
	struct sha256 sha256;
	struct page_marks marks;
};

static bool is_same(const struct sha256 *a, const struct sha256 *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static void read_rows(struct map *out, str bytes, struct arena *arena)
{
	static const struct page_marks none;
	const struct page_marks *before = &none;
	str name;

	map_init(out, arena);
	while (unpack_text(&name, &bytes)) {
		struct known_marks *row = arena_alloc(arena, sizeof(*row));

		if (!unpack_bytes(&row->sha256, sizeof(row->sha256), &bytes) ||
		    !page_marks_unpack(&row->marks, &bytes, before, arena))
			return;
		before = &row->marks;
		map_set(out, name, row);
	}
}

/* --- a page --------------------------------------------------------------- */

/* The bytes that the record has the SHA-256 of. */
static bool read_page(str *out, const struct proof_pass *pass,
		      struct proof_thread *thread, size_t item)
{
	const struct link_proof *proof = pass->proof;
	const struct page_work *work = proof->work;
	const struct site_plan *site =
		&work->plan->sites[page_work_site(work, item)];
	const struct page *page = page_work_page(work, item);
	struct sha256 sha256;

	thread->read++;
	if (output_read(out, proof->output,
			page_output_path(site->site, page->path,
					 &thread->reading.scratch),
			&thread->reading.scratch, &thread->reading.diags)) {
		sha256 = sha256_of(thread->sha256, *out);
		if (is_same(&sha256, &work->known[item]->sha256))
			return true;
	}
	return render_again(out, work->plan, site, page, thread->reading.reader,
			    &thread->reading.scratch, &thread->reading.diags);
}

/* Of a page that stands there: from an earlier check, or from its bytes. */
static const struct page_marks *
marks_of(const struct proof_pass *pass, struct proof_thread *thread,
	 size_t item, const struct known_marks *known, struct arena *arena)
{
	struct page_marks *marks;
	str bytes;

	if (known != NULL &&
	    is_same(&known->sha256, &pass->proof->work->known[item]->sha256))
		return &known->marks;
	if (!read_page(&bytes, pass, thread, item))
		return NULL;
	marks = arena_alloc(arena, sizeof(*marks));
	page_marks_read(marks, bytes, arena, &thread->reading.scratch);
	return marks;
}

static void note(const struct proof_pass *pass, size_t number,
		 struct proof_thread *thread, size_t item,
		 const struct page_marks *marks)
{
	const struct page_work *work = pass->proof->work;

	page_links_note(&pass->proof->parts[number],
			&work->plan->sites[page_work_site(work, item)],
			page_work_page(work, item), marks,
			&thread->reading.scratch);
}

static void prove_chunk(void *context, size_t number, struct chunk *chunk,
			struct arena *result, struct arena *scratch)
{
	static const struct page_marks none;
	const struct proof_pass *pass = context;
	const struct page_work *work = pass->proof->work;
	struct proof_thread *thread = &pass->threads[number];
	const struct page_marks *before = &none;
	struct map known;
	struct buf rows;

	read_rows(&known, chunk_value(chunk, 0), scratch);
	buf_init(&rows, result);
	for (size_t i = 0; i < chunk->count; i++) {
		size_t item = pass->items[chunk->first + i];
		const struct page_marks *marks;

		if (work->states[item] != WORK_KEPT)
			continue;
		marks = marks_of(pass, thread, item,
				 map_get(&known, chunk->names[i]), scratch);
		if (marks != NULL) {
			note(pass, number, thread, item, marks);
			pack_text(&rows, chunk->names[i]);
			pack_bytes(&rows, &work->known[item]->sha256,
				   sizeof(work->known[item]->sha256));
			page_marks_pack(&rows, marks, before);
			before = marks;
		}
		arena_reset(&thread->reading.scratch);
	}
	chunk->after[0] = buf_str(&rows);
}

/* --- all of them ---------------------------------------------------------- */

static bool start_threads(struct proof_pass *pass, struct arena *arena,
			  const struct diag_list *whole)
{
	bool ok = true;

	pass->threads = arena_array(arena, pass->proof->threads,
				    sizeof(*pass->threads));
	for (size_t i = 0; i < pass->proof->threads; i++) {
		struct proof_thread *thread = &pass->threads[i];

		ok &= reading_thread_open(&thread->reading,
					  pass->proof->work->plan->snapshot,
					  whole);
		thread->sha256 = sha256_open();
	}
	return ok;
}

static void stop_threads(struct proof_pass *pass, struct diag_list *diags)
{
	for (size_t i = 0; i < pass->proof->threads; i++) {
		struct proof_thread *thread = &pass->threads[i];

		pass->proof->read += thread->read;
		sha256_close(thread->sha256);
		(void)reading_thread_close(&thread->reading, diags);
	}
}

/* What has a template; other files have no links in HTML. */
static size_t list_pages(size_t *items, str *names,
			 const struct page_work *work, struct arena *arena)
{
	size_t count = 0;

	for (size_t i = 0; i < work->count; i++) {
		const struct page *page = page_work_page(work, i);
		const struct site *site =
			work->plan->sites[page_work_site(work, i)].site;

		if (page_kinds[page->kind].template_name == NULL)
			continue;
		items[count] = i;
		names[count++] = page_output_path(site, page->path, arena);
	}
	return count;
}

bool link_proof_run(struct link_proof *proof, struct diag_list *diags)
{
	const struct page_work *work = proof->work;
	struct proof_pass pass = { .proof = proof };
	struct chunk_pass chunks = { .store = proof->store,
				     .list = STR("pages"),
				     .kinds = { STORE_PAGE_MARKS },
				     .threads = proof->threads,
				     .job = prove_chunk,
				     .context = &pass };
	struct arena arena;
	size_t *items;
	str *names;
	bool ok;

	arena_init(&arena);
	items = arena_array(&arena, work->count, sizeof(*items));
	names = arena_array(&arena, work->count, sizeof(*names));
	chunks.count = list_pages(items, names, work, &arena);
	chunks.names = names;
	pass.items = items;
	ok = start_threads(&pass, &arena, diags) &&
	     chunk_pass_run(&chunks, diags);
	stop_threads(&pass, diags);
	arena_release(&arena);
	return ok && !diags->failed;
}
