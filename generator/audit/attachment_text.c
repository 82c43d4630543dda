/*
 * An attachment is put before the rules as a resource of nothing but a body:
 * without a type, fields or a site. So only those rules are asked that look at
 * words alone.
 */
#include "audit/attachment_text.h"

#include "audit/pdf_lines.h"
#include "base/unicode.h"
#include "markup/office_text.h"
#include "system/pdf_text.h"

/* Bytes of a file that is read at all. */
enum { FILE_LIMIT = 32 * 1024 * 1024 };

/* Rules of words and persons; a file has no fields that others look at. */
static const char *const asked[] = {
	"advertising",	    "name-outdated",	"placeholder-text",
	"private-address",  "private-card",	"private-column",
	"private-document", "private-identity", "private-mail",
	"private-masking",  "private-person",	"private-phone",
	"secrecy-mark",	    "secret-key",	"wording-forbidden",
	"wording-misspelt", "wording-serious",
};

/* The first byte of what is kept of a file. */
enum kept { KEPT_TEXT = 't', KEPT_BROKEN = 'b' };

struct work {
	struct judging *judging;
	struct snapshot_reader *reader;
	struct diag_list *diags;
	uint32_t file; /* at hand */
	struct resource resource;
	struct extract extract;
	struct scanned_text scanned;
	bool is_scanned;
	size_t broken;	      /* files that could not be read */
	size_t unread;	      /* PDF, without the program that reads it */
	uint32_t first;	      /* of either */
	struct arena scratch; /* of one file */
};

/* --- what rules ask for --------------------------------------------------- */

static const struct extract *get_extract(void *context)
{
	return &((struct work *)context)->extract;
}

static const struct scanned_text *get_scanned(void *context)
{
	struct work *work = context;

	if (!work->is_scanned)
		scanned_text_make(&work->scanned, &work->resource,
				  &work->extract, &work->judging->book->words,
				  &work->scratch);
	work->is_scanned = true;
	return &work->scanned;
}

static const struct front_matter *get_matter(void *context)
{
	(void)context;
	return NULL;
}

/* A place inside is of no use to who opens the file with another program. */
static struct span get_place(void *context, str words)
{
	(void)words;
	return (struct span){ ((struct work *)context)->file, 0, 0 };
}

static bool is_asked(const struct rule *rule)
{
	for (size_t i = 0; i < COUNT_OF(asked); i++)
		if (strcmp(rule->id, asked[i]) == 0)
			return true;
	return false;
}

static void judge_text(struct work *work, str text)
{
	const struct rule_text gives = { work, get_extract, get_scanned,
					 get_matter, get_place };
	const struct rule_input input = { .book = work->judging->book,
					  .resource = &work->resource,
					  .text = &gives,
					  .arena = &work->scratch };

	work->resource = (struct resource){
		.path = snapshot_path(work->judging->plan->snapshot, work->file)
	};
	work->extract = (struct extract){ .body = text };
	work->is_scanned = false;
	for (size_t i = 0; i < rule_count; i++) {
		struct finding_log log = { &rules[i], work->diags };

		if (!is_asked(&rules[i]))
			continue;
		rules[i].judge(&input, &log);
		work->judging->judged++;
	}
}

/* --- the words of a file -------------------------------------------------- */

static bool is_pdf(str path)
{
	return str_ends_with(path, STR(".pdf")) ||
	       str_ends_with(path, STR(".PDF"));
}

/* Normal form of an extract: valid, and no control characters. */
static str cleaned(str text, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	if (unicode_invalid_at(text) != STR_NONE)
		text.len = unicode_invalid_at(text);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if ((unsigned char)c < ' ' && c != '\n')
			c = ' ';
		buf_add_byte(&out, c);
	}
	return buf_str(&out);
}

/* False: it cannot be read today. */
static bool read_words(str *out, enum kept *kept, struct work *work, str path)
{
	enum pdf_text pdf;
	size_t size;
	str bytes;

	*out = STR("");
	*kept = KEPT_BROKEN;
	if (!snapshot_size(&size, work->reader, work->file, work->diags) ||
	    size > FILE_LIMIT ||
	    !snapshot_read(&bytes, work->reader, work->file, &work->scratch,
			   work->diags))
		return true;
	if (!is_pdf(path)) {
		if (office_text_read(out, path, bytes, &work->scratch))
			*kept = KEPT_TEXT;
	} else {
		pdf = pdf_text_read(out, bytes, &pdf_text_limits,
				    &work->scratch);
		if (pdf == PDF_TEXT_NO_PROGRAM)
			return false;
		*kept = pdf == PDF_TEXT_READ ? KEPT_TEXT : KEPT_BROKEN;
	}
	*out = cleaned(*out, &work->scratch);
	if (is_pdf(path))
		*out = pdf_lines_joined(*out, &work->scratch);
	return true;
}

static void keep(struct work *work, str blob, enum kept kept, str text)
{
	const char head = (char)kept;
	struct buf value;

	if (work->judging->store == NULL)
		return;
	buf_init(&value, &work->scratch);
	buf_add_byte(&value, head);
	buf_add(&value, text);
	(void)!store_put(work->judging->store, STORE_ATTACHMENT_TEXT, blob,
			 buf_str(&value), work->diags);
}

static void count_unread(struct work *work, size_t *count)
{
	if (work->broken + work->unread == 0)
		work->first = work->file;
	++*count;
}

static void judge_file(struct work *work, uint32_t file, str path)
{
	str blob = snapshot_blob(work->judging->plan->snapshot, file);
	str known = STR("");
	enum kept kept;
	str text;

	work->file = file;
	if (work->judging->store != NULL)
		known = store_get(work->judging->store, STORE_ATTACHMENT_TEXT,
				  blob);
	if (known.len > 0) {
		kept = (enum kept)known.data[0];
		text = str_from(known, 1);
	} else if (read_words(&text, &kept, work, path)) {
		keep(work, blob, kept, text);
	} else {
		count_unread(work, &work->unread);
		return;
	}
	if (kept == KEPT_BROKEN)
		count_unread(work, &work->broken);
	else if (text.len > 0)
		judge_text(work, text);
}

/* --- all of them ---------------------------------------------------------- */

static void tell_unread(const struct work *work)
{
	const struct span span = { work->first, 0, 0 };

	if (work->broken + work->unread == 0 || !work->judging->is_daily)
		return;
	diag_help(work->diags,
		  diag_warning(work->diags, span, "attachment-unread",
			       _("attachments whose words could not be read: "
				 "%zu, this one is the first"),
			       work->broken + work->unread),
		  "%s",
		  work->unread > 0
			  ? _("PDF is read by pdftotext: apt-get install "
			      "poppler-utils")
			  : _("see whether it opens without a password; "
			      "scanned pages have no words"));
}

void attachments_judge(struct judging *judging, struct diag_list *diags)
{
	const struct page_plan *plan = judging->plan;
	struct work work = { .judging = judging, .diags = diags };

	if (judging->book == NULL)
		return;
	work.reader = snapshot_reader_open(plan->snapshot, diags);
	if (work.reader == NULL)
		return;
	arena_init(&work.scratch);
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < plan->sites[i].count; k++) {
			const struct page *page = &plan->sites[i].pages[k];

			if (!page_kinds[page->kind].is_file ||
			    !(is_pdf(page->path) ||
			      office_text_knows(page->path)))
				continue;
			judge_file(&work, page->first, page->path);
			arena_reset(&work.scratch);
		}
	tell_unread(&work);
	arena_release(&work.scratch);
	snapshot_reader_close(work.reader);
}
