/*
 * One pass over the list of files finds what lies beside an index.md and looks
 * at the names; then several threads look at the bytes of what is not known.
 *
 * The record has, in 256 values by the first byte of the blob id, 36 bytes for
 * each file that is right: the blob id, a digest of what it was taken for, and
 * the size of a picture of which smaller ones may be made.
 */
#include "library/attachments.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/unicode.h"
#include "library/catalog.h"
#include "library/loose_files.h"
#include "picture/picture_facts.h"
#include "picture/small_sizes.h"
#include "markup/svg.h"
#include "markup/xml_data.h"
#include "snapshot/reading_thread.h"
#include "system/workers.h"

enum { FILES_A_RUN = 16 };

/* What the record keeps of a file. */
struct fit {
	uint8_t blob[SNAPSHOT_ID_SIZE];
	uint32_t kind[2]; /* a digest; in halves, so that nothing is padded */
	struct image_size size; /* 0: nothing is made of it */
};

_Static_assert(sizeof(struct fit) == SNAPSHOT_ID_SIZE + 16, "no padding");

struct attachment {
	uint32_t file;
	struct file_kind kind;
	struct fit fit;
	bool is_known;
	bool is_told; /* there was something to say */
};

struct checking {
	const struct attachments_options *options;
	struct arena *arena;
	struct diag_list *diags;
	uint8_t *states;
	struct list found; /* struct attachment */
	uint32_t *order;   /* of those to read */
	size_t order_count;
	struct reading_thread *workers;
};

/* --- which files --- */

/* Names that are kept for something, or for a text. */
static bool may_be_attachment(str name)
{
	return name.len > 0 && name.data[0] != '_' && name.data[0] != '.' &&
	       !loose_file_is_nearly_text(name) &&
	       !str_ends_with(name, STR(".md"));
}

enum attachment_state attachments_state(const struct attachments *attachments,
					const struct snapshot *snapshot,
					size_t file)
{
	if (attachments != NULL && attachments->states != NULL)
		return (enum attachment_state)attachments->states[file];
	return may_be_attachment(str_file_name(snapshot_path(snapshot, file)))
		       ? ATTACHMENT_PUBLISHED
		       : ATTACHMENT_NONE;
}

/* --- messages --- */

static struct diag *refuse(struct diag_list *diags, size_t file, const char *id,
			   const char *message, const char *help)
{
	struct span span = { (uint32_t)file, 0, 0 };
	struct diag *diag = diag_error(diags, span, id, "%s", message);

	diag_help(diags, diag, "%s", help);
	return diag;
}

static void refuse_unknown(struct diag_list *diags, size_t file, str name)
{
	struct span span = { (uint32_t)file, 0, 0 };
	struct diag *diag =
		diag_error(diags, span, "attachment-kind",
			   _("files of the kind “.%.*s” are not published"),
			   STR_ARG(file_extension(name)));

	diag_help(diags, diag, "%s",
		  _("publish it as PDF, OFD, an office file, a picture or a "
		    ".zip; or the platform allows the kind: attachments: "
		    "[dwg] in sites/platform.yaml"));
}

static void refuse_name(struct diag_list *diags, size_t file, str name,
			enum file_name why)
{
	switch (why) {
	case FILE_NAME_SETTINGS:
		refuse(diags, file, "attachment-active",
		       _("this file has settings of a server and is not "
			 "published"),
		       _("take it out of the library; servers are set up by "
			 "their operators"));
		break;
	case FILE_NAME_SERVED:
		refuse(diags, file, "attachment-active",
		       _("the name has an extension that servers run as a "
			 "program; the file is not published"),
		       _("rename it so that only the extension of its kind is "
			 "left: a.pdf instead of a.php.pdf"));
		break;
	case FILE_NAME_INSIDE:
		refuse(diags, file, "attachment-active",
		       _("the name has an extension in it that browsers run, "
			 "and some servers go by that; the file is not "
			 "published"),
		       _("rename it so that only the extension of its kind is "
			 "left: a.pdf instead of a.html.pdf"));
		break;
	case FILE_NAME_ACTIVE:
		refuse(diags, file, "attachment-active",
		       _("browsers or computers run files of this kind; it is "
			 "not published"),
		       _("write a page as .md; publish a document as PDF, and "
			 "programs in a .zip"));
		break;
	case FILE_NAME_BARE:
		refuse(diags, file, "attachment-kind",
		       _("the file has no extension, so nobody knows what it "
			 "is; it is not published"),
		       _("rename it with the extension of its kind: .pdf, "
			 ".docx, .txt"));
		break;
	default:
		refuse_unknown(diags, file, name);
	}
}

static void refuse_bytes(struct diag_list *diags, size_t file, str head)
{
	struct span span = { (uint32_t)file, 0, 0 };
	str guess = file_bytes_guess(head);
	struct diag *diag = diag_error(
		diags, span, "attachment-mismatch",
		_("the file is not what its extension says; it is not "
		  "published"));

	if (head.len == 0)
		diag_help(diags, diag, "%s",
			  _("the file is empty; add it once more"));
	else if (str_equal_c(guess, "html"))
		diag_help(diags, diag, "%s",
			  _("it looks like a web page; open it and save it as "
			    "PDF, or write it as .md"));
	else if (guess.len > 0 && !str_equal_c(guess, "exe"))
		diag_help(diags, diag,
			  _("it looks like “.%.*s”; rename it, or open it and "
			    "save it in the format of its extension"),
			  STR_ARG(guess));
	else
		diag_help(diags, diag, "%s",
			  _("open it with the program that made it, and save "
			    "it once more"));
}

/*
 * A few words of text instead of the document: nobody can open it, and nothing
 * runs it. It is published, so that its links stay, and the editor is told.
 */
static bool is_stand_in(str bytes)
{
	return bytes.len > 0 && bytes.len < FILE_HEAD &&
	       str_equal_c(file_bytes_guess(bytes), "txt") &&
	       str_find_byte(bytes, '<') == STR_NONE;
}

static void tell_stand_in(struct diag_list *diags, size_t file)
{
	struct diag *diag = diag_warning(
		diags, (struct span){ (uint32_t)file, 0, 0 },
		"attachment-stand-in",
		_("the file has a few words of text and not what its "
		  "extension says"));

	diag_help(diags, diag, "%s", _("put the document itself in its place"));
}

static void tell_drawing(struct diag_list *diags, size_t file,
			 const struct svg_report *report)
{
	struct span span = { (uint32_t)file, 0, 0 };
	size_t more = report->kinds > SVG_KINDS_NAMED
			      ? report->kinds - SVG_KINDS_NAMED
			      : 0;
	struct diag *diag;

	if (more > 0)
		diag = diag_warning(
			diags, span, "svg-cleaned",
			_("the drawing is published without what is not "
			  "static: %.*s and %zu more"),
			STR_ARG(report->removed), more);
	else
		diag = diag_warning(
			diags, span, "svg-cleaned",
			_("the drawing is published without what is not "
			  "static: %.*s"),
			STR_ARG(report->removed));
	diag_help(diags, diag, "%s",
		  _("save it as plain SVG, without scripts, links and fonts "
		    "from outside"));
}

/* Line 0: there is none. */
static void refuse_reading(struct diag_list *diags, size_t file, const char *id,
			   str problem, size_t line)
{
	struct span span = { (uint32_t)file, 0, 0 };
	struct diag *diag;

	if (problem.len == 0)
		problem = str_from_c(_("it is not well-formed"));
	if (line > 0)
		diag = diag_error(diags, span, id,
				  _("the file is not published: %.*s (line "
				    "%zu)"),
				  STR_ARG(problem), line);
	else
		diag = diag_error(diags, span, id,
				  _("the file is not published: %.*s"),
				  STR_ARG(problem));
	diag_help(diags, diag, "%s",
		  str_equal_c(str_from_c(id), "xml-active")
			  ? _("publish the data alone: no style sheet, no "
			      "page, no document type")
			  : _("open it with the program that made it, and save "
			      "it once more; or publish it as a picture or "
			      "PDF"));
}

/* --- bytes --- */

static bool check_drawing(struct diag_list *diags, size_t file, str bytes,
			  struct arena *arena)
{
	struct svg_report report;
	str cleaned;

	if (!svg_clean(&cleaned, &report, bytes, arena)) {
		refuse_reading(diags, file, "svg-broken", report.problem,
			       report.line);
		return false;
	}
	if (report.kinds > 0)
		tell_drawing(diags, file, &report);
	return true;
}

static bool is_picture(enum file_look look)
{
	return look == LOOK_JPEG || look == LOOK_PNG || look == LOOK_WEBP;
}

/* What is published is without it; the library still has it. */
static void check_picture(struct diag_list *diags, size_t file, str bytes,
			  struct arena *arena)
{
	bool has_position;
	struct diag *diag;

	(void)picture_without_facts(bytes, &has_position, arena);
	if (!has_position)
		return;
	diag = diag_warning(diags, (struct span){ (uint32_t)file, 0, 0 },
			    "picture-position",
			    _("the picture says where it was taken; it is "
			      "published without that, and the library still "
			      "has it"));
	diag_help(diags, diag, "%s",
		  _("put a picture without it in its place: save it anew with "
		    "“remove position”, or switch the position off in the "
		    "camera"));
}

static bool check_data(struct diag_list *diags, size_t file, str bytes,
		       struct arena *arena)
{
	struct xml_problem problem;
	enum xml_data found = xml_data_check(bytes, &problem, arena);

	if (found != XML_DATA_FITS)
		refuse_reading(diags, file,
			       found == XML_DATA_ACTIVE ? "xml-active"
							: "xml-broken",
			       problem.message, problem.line);
	return found == XML_DATA_FITS;
}

static bool check_bytes(const struct attachment *attachment, str bytes,
			struct arena *arena, struct diag_list *diags)
{
	str head = str_between(bytes, 0, FILE_HEAD);

	if (!snapshot_is_file(attachment->file, bytes, diags))
		return false;
	if (!file_bytes_fit(attachment->kind.look, head)) {
		if (is_stand_in(bytes)) {
			tell_stand_in(diags, attachment->file);
			return true;
		}
		refuse_bytes(diags, attachment->file, head);
		return false;
	}
	if (attachment->kind.look == LOOK_SVG)
		return check_drawing(diags, attachment->file, bytes, arena);
	if (is_picture(attachment->kind.look))
		check_picture(diags, attachment->file, bytes, arena);
	return attachment->kind.look != LOOK_XML ||
	       check_data(diags, attachment->file, bytes, arena);
}

bool attachment_bytes(str *out, str path, str bytes, struct arena *arena)
{
	static const struct file_allowance none = { NULL, 0 };
	struct svg_report report;
	struct file_kind kind;

	*out = bytes;
	if (file_name_judge(&kind, str_file_name(path), &none) !=
	    FILE_NAME_FITS)
		return true;
	if (kind.look == LOOK_SVG)
		return svg_clean(out, &report, bytes, arena);
	if (is_picture(kind.look))
		*out = picture_without_facts(bytes, NULL, arena);
	return true;
}

/* --- the record --- */

static str chunk_name(char *room, uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	room[0] = digits[byte >> 4];
	room[1] = digits[byte & 15];
	return (str){ room, 2 };
}

static int compare_fits(const void *left, const void *right)
{
	return memcmp(left, right, sizeof(struct fit));
}

/* What it was found right by; the size is what was found. */
static int compare_keys(const void *left, const void *right)
{
	return memcmp(left, right, offsetof(struct fit, size));
}

/* Fills the size in. */
static bool has_fit(str chunk, struct fit *fit)
{
	const char *known = NULL; /* of the record: as it lies there */

	if (chunk.len > 0 && chunk.len % sizeof(*fit) == 0)
		known = bsearch(fit, chunk.data, chunk.len / sizeof(*fit),
				sizeof(*fit), compare_keys);
	if (known != NULL)
		memcpy(&fit->size, known + offsetof(struct fit, size),
		       sizeof(fit->size));
	return known != NULL;
}

static struct fit fit_of(const struct snapshot *snapshot, uint32_t file,
			 const struct file_kind *kind)
{
	struct digest digest = { 0 };
	struct fit fit = { 0 };

	digest_add_number(&digest, (uint64_t)kind->look);
	digest_add(&digest, str_from_c(kind->mime));
	memcpy(fit.blob, snapshot_blob(snapshot, file).data, sizeof(fit.blob));
	fit.kind[0] = (uint32_t)digest.low;
	fit.kind[1] = (uint32_t)(digest.low >> 32);
	return fit;
}

static void find_known(struct checking *checking)
{
	const struct store *store = checking->options->store;
	struct attachment *found = checking->found.items;
	str chunks[256] = { { NULL, 0 } };
	bool is_read[256] = { false };

	for (size_t i = 0; store != NULL && i < checking->found.count; i++) {
		uint8_t byte = found[i].fit.blob[0];
		char room[2];

		if (!is_read[byte])
			chunks[byte] = store_get(store, STORE_FILES,
						 chunk_name(room, byte));
		is_read[byte] = true;
		found[i].is_known = has_fit(chunks[byte], &found[i].fit);
	}
}

static bool write_chunk(struct store *store, uint8_t byte, str bytes,
			struct diag_list *diags)
{
	char room[2];
	str name = chunk_name(room, byte);

	if (str_equal(store_get(store, STORE_FILES, name), bytes))
		return true;
	return bytes.len == 0
		       ? store_remove(store, STORE_FILES, name, diags)
		       : store_put(store, STORE_FILES, name, bytes, diags);
}

/* They are sorted, so those of one byte stand together. */
bool attachments_write(const struct attachments *attachments,
		       struct store *store, struct diag_list *diags)
{
	const struct fit *fits = attachments->fits.items;
	size_t at = 0;

	for (unsigned byte = 0; byte < 256; byte++) {
		size_t first = at;
		str bytes;

		while (at < attachments->fits.count && fits[at].blob[0] == byte)
			at++;
		bytes = (str){ (const char *)(fits + first),
			       (at - first) * sizeof(*fits) };
		if (!write_chunk(store, (uint8_t)byte, bytes, diags))
			return false;
	}
	return true;
}

/* Sorted, each once. */
static void keep_fits(struct attachments *out, const struct checking *checking)
{
	const struct attachment *found = checking->found.items;
	struct fit *fits;
	size_t kept = 0;

	list_init(&out->fits, sizeof(struct fit));
	list_reserve(&out->fits, checking->found.count, checking->arena);
	for (size_t i = 0; i < checking->found.count; i++)
		if (!found[i].is_told)
			*(struct fit *)list_add(&out->fits, checking->arena) =
				found[i].fit;
	fits = out->fits.items;
	if (out->fits.count > 1)
		qsort(fits, out->fits.count, sizeof(*fits), compare_fits);
	for (size_t i = 0; i < out->fits.count; i++)
		if (kept == 0 || compare_fits(&fits[kept - 1], &fits[i]) != 0)
			fits[kept++] = fits[i];
	out->fits.count = kept;
}

/* --- names --- */

static void add_attachment(struct checking *checking, size_t file, str name)
{
	struct file_kind kind;
	enum file_name fits =
		file_name_judge(&kind, name, &checking->options->allowed);
	struct attachment *attachment;

	checking->states[file] = ATTACHMENT_REFUSED;
	if (fits != FILE_NAME_FITS) {
		refuse_name(checking->diags, file, name, fits);
		return;
	}
	attachment = list_add(&checking->found, checking->arena);
	attachment->file = (uint32_t)file;
	attachment->kind = kind;
	attachment->fit =
		fit_of(checking->options->snapshot, (uint32_t)file, &kind);
}

/* Files whose names begin with a dot are not published; these never are. */
static bool is_hidden_setting(str name)
{
	static const struct file_allowance none = { NULL, 0 };
	struct file_kind kind;

	return name.data[0] == '.' &&
	       file_name_judge(&kind, name, &none) == FILE_NAME_SETTINGS;
}

bool attachment_is_shared(str path, str *unit, str *name)
{
	str content = STR("content/");
	str folder = STR("_files/");
	str rest;

	if (!str_starts_with(path, content))
		return false;
	rest = str_from(path, content.len);
	if (!str_split_next(&rest, '/', unit) || !str_starts_with(rest, folder))
		return false;
	*name = str_from(rest, folder.len);
	return name->len > 0;
}

static void look_at(struct checking *checking, size_t file, bool has_index)
{
	str path = snapshot_path(checking->options->snapshot, file);
	str name = str_file_name(path);
	str unit, below;
	bool is_shared = attachment_is_shared(path, &unit, &below);

	has_index |= is_shared;
	if (checking->options->withheld != NULL &&
	    checking->options->withheld[file]) {
		checking->states[file] = ATTACHMENT_REFUSED;
		return;
	}
	if (is_shared && catalog_is_resource_path(path))
		loose_files_report_shared_text(checking->diags, file);
	if (catalog_is_resource_path(path) || str_equal_c(name, "README.md") ||
	    str_equal_c(name, "_defaults.yaml") ||
	    str_equal_c(name, "_imported.csv")) {
		loose_files_look_at_text(checking->diags, file, name);
		return;
	}
	if (has_index && (may_be_attachment(name) || is_hidden_setting(name)))
		add_attachment(checking, file, name);
	else
		loose_files_report(checking->diags, file, name, has_index);
}

static void list_files(struct checking *checking)
{
	const struct snapshot *snapshot = checking->options->snapshot;
	str before = { NULL, 0 };
	bool has_index = false;
	size_t first, behind;
	struct arena scratch;

	arena_init(&scratch);
	snapshot_range(snapshot, STR("content/"), &first, &behind);
	for (size_t i = first; i < behind; i++) {
		str path = snapshot_path(snapshot, i);
		str folder = str_between(path, 0,
					 path.len - str_file_name(path).len);
		const str parts[] = { folder, STR("index.md") };

		if (!str_equal(folder, before))
			has_index = snapshot_find(snapshot,
						  arena_join(&scratch, parts,
							     2)) != STR_NONE;
		before = folder;
		look_at(checking, i, has_index);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

/* --- the threads --- */

static void look_for_size(struct image_size *out,
			  const struct attachment *attachment, str bytes)
{
	if (!is_picture(attachment->kind.look) || !small_source(out, bytes))
		*out = (struct image_size){ 0, 0 };
}

static void check_one(struct checking *checking, struct reading_thread *worker,
		      struct attachment *attachment)
{
	size_t before = worker->diags.count;
	str bytes;

	if (snapshot_read_early(&bytes, worker->reader, attachment->file,
				&worker->scratch, &worker->diags) &&
	    check_bytes(attachment, bytes, &worker->scratch, &worker->diags)) {
		checking->states[attachment->file] = ATTACHMENT_PUBLISHED;
		look_for_size(&attachment->fit.size, attachment, bytes);
	}
	attachment->is_told = worker->diags.count > before;
	arena_reset(&worker->scratch);
}

static void check_run(void *context, size_t number, size_t run)
{
	struct checking *checking = context;
	struct attachment *found = checking->found.items;
	size_t behind = (run + 1) * FILES_A_RUN;

	if (behind > checking->order_count)
		behind = checking->order_count;
	for (size_t i = run * FILES_A_RUN; i < behind; i++)
		check_one(checking, &checking->workers[number],
			  &found[checking->order[i]]);
}

static void choose(struct checking *checking)
{
	const struct attachment *found = checking->found.items;

	checking->order = arena_array(checking->arena, checking->found.count,
				      sizeof(*checking->order));
	for (size_t i = 0; i < checking->found.count; i++)
		if (found[i].is_known)
			checking->states[found[i].file] = ATTACHMENT_PUBLISHED;
		else
			checking->order[checking->order_count++] = (uint32_t)i;
}

static size_t run_count(const struct checking *checking)
{
	return (checking->order_count + FILES_A_RUN - 1) / FILES_A_RUN;
}

static size_t worker_count(const struct checking *checking)
{
	size_t count = checking->options->threads;

	if (count > run_count(checking))
		count = run_count(checking);
	return count == 0 ? 1 : count;
}

static bool start_workers(struct checking *checking, size_t count)
{
	bool ok = true;

	checking->workers =
		arena_array(checking->arena, count, sizeof(*checking->workers));
	for (size_t i = 0; i < count; i++)
		ok &= reading_thread_open(&checking->workers[i],
					  checking->options->snapshot,
					  checking->diags);
	return ok;
}

static bool stop_workers(struct checking *checking, size_t count)
{
	bool ok = true;

	for (size_t i = 0; i < count; i++)
		ok &= reading_thread_close(&checking->workers[i],
					   checking->diags);
	return ok;
}

static bool read_unknown(struct checking *checking)
{
	size_t count = worker_count(checking);

	if (checking->order_count == 0)
		return true;
	if (start_workers(checking, count))
		workers_run(count, run_count(checking), check_run, checking);
	return stop_workers(checking, count);
}

/* Files are found in their order. */
static void keep_pictures(struct attachments *out,
			  const struct checking *checking)
{
	const struct attachment *found = checking->found.items;

	list_init(&out->pictures, sizeof(struct attachment_picture));
	for (size_t i = 0; i < checking->found.count; i++)
		if (found[i].fit.size.width > 0)
			*(struct attachment_picture *)list_add(
				&out->pictures, checking->arena) =
				(struct attachment_picture){
					found[i].file, found[i].fit.size
				};
}

static int compare_pictures(const void *left, const void *right)
{
	const struct attachment_picture *one = left, *other = right;

	return (one->file > other->file) - (one->file < other->file);
}

const struct attachment_picture *
attachments_picture(const struct attachments *attachments, size_t file)
{
	const struct attachment_picture wanted = { (uint32_t)file, { 0, 0 } };

	if (attachments == NULL || attachments->pictures.count == 0)
		return NULL;
	return bsearch(&wanted, attachments->pictures.items,
		       attachments->pictures.count, sizeof(wanted),
		       compare_pictures);
}

bool attachments_check(struct attachments *out,
		       const struct attachments_options *options,
		       struct arena *arena, struct diag_list *diags)
{
	struct checking checking = { .options = options,
				     .arena = arena,
				     .diags = diags };
	bool ok;

	checking.states = arena_array(arena, options->snapshot->count + 1, 1);
	list_init(&checking.found, sizeof(struct attachment));
	list_files(&checking);
	find_known(&checking);
	choose(&checking);
	ok = read_unknown(&checking);
	out->states = checking.states;
	keep_fits(out, &checking);
	keep_pictures(out, &checking);
	return ok;
}
