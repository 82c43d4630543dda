/*
 * One walk through the record, part by part. A part whose files have the sizes
 * and SHA-256 of a part of the live release is that part. Of any other, files
 * that the live release has with the same bytes have its SM3; the rest is
 * copied from the output folder, and must be what the record says.
 *
 * What packs a file (release/packed.h) is a file as any other. It stands behind
 * its source, but not always right behind it ("a.html-b" is before
 * "a.html.br"), so it waits until the walk comes to its path.
 */
#include "release/gather.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/map.h"
#include "plan/build_record.h"
#include "release/file_copy.h"
#include "release/packed.h"
#include "system/folder.h"

/* What is known of a file before it is made. */
struct origin {
	struct file_digest source; /* what is packed; without SM3 */
	bool is_packed;
};

/* A packed file whose turn has not come. */
struct waiting {
	str path;
	struct origin origin;
};

struct gathering {
	const struct gather *gather;
	struct manifest *out;
	struct buf *inputs;
	struct map known;   /* inputs of a part of the live release: the part */
	struct folder from; /* in the output folder */
	struct diag_list *diags;

	/* of the part at hand */
	struct arena scratch;
	struct list files;   /* struct manifest_file; SM3 not yet known */
	struct list origins; /* of each of them: struct origin */
	struct digest made_from;
	str domain;
	struct arena path_arena; /* of the file at hand */

	/* by path; the arena is reset when none is left */
	struct list waiting; /* struct waiting */
	struct arena waiting_arena;

	/* the part of the live release that was last looked into */
	const struct manifest_part *old_part;
	struct list old_files;
	struct arena old_arena;
};

/* --- what the live release knows --- */

static void fill_known(struct gathering *gathering)
{
	const struct gather *gather = gathering->gather;
	struct manifest_part *parts;
	str rest = gather->inputs;
	str line;

	map_init(&gathering->known, gather->releases->arena);
	if (gather->before == NULL)
		return;
	parts = gather->before->parts.items;
	for (size_t i = 0; i < gather->before->parts.count; i++)
		if (str_split_next(&rest, '\n', &line))
			map_add(&gathering->known, line, &parts[i]);
}

static bool open_old_part(struct gathering *gathering, str path)
{
	const struct gather *gather = gathering->gather;
	const struct manifest_part *part =
		gather->before == NULL ? NULL
				       : manifest_part_of(gather->before, path);

	if (part == gathering->old_part)
		return true;
	gathering->old_part = part;
	arena_reset(&gathering->old_arena);
	list_init(&gathering->old_files, sizeof(struct manifest_file));
	return part == NULL ||
	       releases_part(&gathering->old_files, gather->releases, part,
			     &gathering->old_arena, gathering->diags);
}

static int compare_path(const void *key, const void *item)
{
	return str_compare(*(const str *)key,
			   ((const struct manifest_file *)item)->path);
}

static const struct manifest_file *find_old(const struct gathering *gathering,
					    str path)
{
	const struct list *files = &gathering->old_files;

	if (gathering->old_part == NULL || files->count == 0)
		return NULL;
	return bsearch(&path, files->items, files->count,
		       sizeof(struct manifest_file), compare_path);
}

/* --- files that are new or changed --- */

static bool is_same(const struct file_digest *a, const struct file_digest *b)
{
	return a->size == b->size &&
	       memcmp(&a->sha256, &b->sha256, sizeof(a->sha256)) == 0;
}

static bool refuse_source(struct gathering *gathering, str path)
{
	struct diag *diag = diag_failure(
		gathering->diags, "release-source",
		_("%.*s in the output folder is not what the build wrote"),
		STR_ARG(path));

	diag_help(gathering->diags, diag,
		  _("remove the folder of its site there and build again"));
	return false;
}

static bool fail_source(struct gathering *gathering, str path)
{
	if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP ||
	    errno == EISDIR)
		return refuse_source(gathering, path);
	claim_fail(gathering->diags, _("cannot copy"), path);
	return false;
}

static bool stage(struct gathering *gathering, struct manifest_file *file)
{
	const struct releases *releases = gathering->gather->releases;
	struct file_copy_name staged =
		file_copy_name(file->path, &file->digest.sha256);
	struct file_digest found;
	char name[256];

	if (!folder_of(&gathering->from,
		       releases_source_path(releases, file->path), false,
		       name) ||
	    !file_copy(&found, releases->maker, gathering->from.descriptor,
		       name, releases->staging, staged.text))
		return fail_source(gathering, file->path);
	if (!is_same(&found, &file->digest))
		return refuse_source(gathering, file->path);
	file->digest = found;
	return true;
}

static bool complete_file(struct gathering *gathering,
			  struct manifest_file *file)
{
	const struct manifest_file *old;

	if (!open_old_part(gathering, file->path))
		return false;
	old = find_old(gathering, file->path);
	if (old == NULL || !is_same(&old->digest, &file->digest))
		return stage(gathering, file);
	file->digest = old->digest;
	return true;
}

/* --- packed files --- */

static bool stage_packed(struct gathering *gathering,
			 struct manifest_file *file,
			 const struct origin *origin)
{
	const struct releases *releases = gathering->gather->releases;
	struct packed_file to = { .folder = releases->staging,
				  .name = "packed" };
	enum packing packing = PACKED_GZIP;
	str path = packed_source(&packing, file->path);
	struct packed_file from = { 0 };
	char name[256];

	unlinkat(releases->staging, to.name, 0);
	if (!folder_of(&gathering->from, path, false, name))
		return fail_source(gathering, path);
	from.folder = gathering->from.descriptor;
	from.name = name;
	if (!packed_make(&to, &from, packing, releases->maker))
		return fail_source(gathering, path);
	if (!is_same(&from.digest, &origin->source))
		return refuse_source(gathering, path);
	file->digest = to.digest;
	if (renameat(releases->staging, to.name, releases->staging,
		     file_copy_name(file->path, &to.digest.sha256).text) == 0)
		return true;
	claim_fail(gathering->diags, _("cannot write"), file->path);
	return false;
}

/* The live release has it when it has its source, packed by the same program.
 */
static bool complete_packed(struct gathering *gathering,
			    struct manifest_file *file,
			    const struct origin *origin)
{
	const struct manifest *before = gathering->gather->before;
	const struct manifest_file *old = NULL;
	enum packing packing;

	if (before != NULL &&
	    str_equal(before->program, gathering->out->program)) {
		str source = packed_source(&packing, file->path);

		if (!open_old_part(gathering, source))
			return false;
		old = find_old(gathering, source);
	}
	if (old == NULL || !is_same(&old->digest, &origin->source))
		return stage_packed(gathering, file, origin);
	if (!open_old_part(gathering, file->path))
		return false;
	old = find_old(gathering, file->path);
	if (old == NULL)
		return stage_packed(gathering, file, origin);
	file->digest = old->digest;
	return true;
}

/* --- parts --- */

static bool put_part(struct gathering *gathering, str text,
		     const struct file_digest *digest)
{
	const struct releases *releases = gathering->gather->releases;
	struct buf name;

	buf_init(&name, &gathering->scratch);
	file_digest_print(&name, &digest->sha256);
	if (folder_is_same(releases->parts, buf_str(&name).data, text))
		return true;
	unlinkat(releases->staging, "part", 0);
	if (folder_write(releases->staging, "part", text) &&
	    renameat(releases->staging, "part", releases->parts,
		     buf_str(&name).data) == 0)
		return true;
	claim_fail(gathering->diags, _("cannot write"), buf_str(&name));
	return false;
}

static bool make_part(struct gathering *gathering, struct manifest_part *part)
{
	const struct releases *releases = gathering->gather->releases;
	struct manifest_file *files = gathering->files.items;
	const struct origin *origins = gathering->origins.items;
	struct buf text;

	*part = (struct manifest_part){ .files = gathering->files.count };
	for (size_t i = 0; i < gathering->files.count; i++) {
		if (origins[i].is_packed
			    ? !complete_packed(gathering, &files[i],
					       &origins[i])
			    : !complete_file(gathering, &files[i]))
			return false;
		part->bytes += files[i].digest.size;
	}
	part->first = arena_copy(releases->arena, files[0].path);
	buf_init(&text, &gathering->scratch);
	manifest_part_print(&text, &gathering->files);
	part->digest = file_digest_of(releases->maker, buf_str(&text));
	return put_part(gathering, buf_str(&text), &part->digest);
}

static void begin_part(struct gathering *gathering)
{
	arena_reset(&gathering->scratch);
	list_init(&gathering->files, sizeof(struct manifest_file));
	list_init(&gathering->origins, sizeof(struct origin));
	gathering->made_from = (struct digest){ 0 };
}

static bool end_part(struct gathering *gathering)
{
	struct arena *arena = gathering->gather->releases->arena;
	const struct manifest_part *known;
	struct manifest_part *part;
	size_t start = gathering->inputs->len;
	bool ok = true;

	if (gathering->files.count == 0)
		return true;
	digest_print(gathering->inputs, gathering->made_from);
	known = map_get(&gathering->known,
			str_from(buf_str(gathering->inputs), start));
	buf_add_byte(gathering->inputs, '\n');
	part = list_add(&gathering->out->parts, arena);
	if (known != NULL)
		*part = *known;
	else
		ok = make_part(gathering, part);
	begin_part(gathering);
	return ok;
}

/* A line break in a path would make two lines of the manifest of it. */
static bool is_path(str path)
{
	for (size_t i = 0; i < path.len; i++)
		if ((unsigned char)path.data[i] < ' ')
			return false;
	return path.len > 0;
}

static bool add_to_part(struct gathering *gathering, str path,
			const struct origin *origin)
{
	struct manifest_file *file =
		list_add(&gathering->files, &gathering->scratch);

	*(struct origin *)list_add(&gathering->origins, &gathering->scratch) =
		*origin;
	file->path = arena_copy(&gathering->scratch, path);
	file->digest = origin->source;
	digest_add(&gathering->made_from, path);
	digest_add_number(&gathering->made_from, origin->source.size);
	digest_add(&gathering->made_from,
		   (str){ (const char *)origin->source.sha256.bytes,
			  SHA256_SIZE });
	if (origin->is_packed)
		digest_add(&gathering->made_from, gathering->out->program);
	return !manifest_part_ends(path, gathering->files.count) ||
	       end_part(gathering);
}

/* --- the turn of packed files --- */

static void wait_for_turn(struct gathering *gathering, str path,
			  const struct origin *origin)
{
	struct list *list = &gathering->waiting;
	size_t i = list->count;
	struct waiting *items;

	list_add(list, &gathering->waiting_arena);
	for (items = list->items;
	     i > 0 && str_compare(items[i - 1].path, path) > 0; i--)
		items[i] = items[i - 1];
	items[i] = (struct waiting){ path, *origin };
}

/* Those before `path`; all of them when it is empty. */
static bool let_go(struct gathering *gathering, str path)
{
	struct list *list = &gathering->waiting;
	struct waiting *items = list->items;
	size_t done = 0;
	bool ok = true;

	while (ok && done < list->count &&
	       (path.len == 0 || str_compare(items[done].path, path) < 0)) {
		ok = add_to_part(gathering, items[done].path,
				 &items[done].origin);
		done++;
	}
	/* what a site publishes itself has its name */
	if (done < list->count && str_equal(items[done].path, path))
		done++;
	if (done == list->count) {
		list_init(list, sizeof(struct waiting));
		arena_reset(&gathering->waiting_arena);
	} else if (done > 0) {
		list->count -= done;
		memmove(items, items + done, list->count * sizeof(*items));
	}
	return ok;
}

static void pack_later(struct gathering *gathering, str path,
		       struct origin origin)
{
	if (!gathering->gather->packs ||
	    !packed_is_wanted(path, origin.source.size))
		return;
	origin.is_packed = true;
	for (size_t i = 0; i < PACKINGS; i++)
		wait_for_turn(gathering,
			      packed_path(path, (enum packing)i,
					  &gathering->waiting_arena),
			      &origin);
}

static bool add_file(struct gathering *gathering, str path, uint64_t size,
		     const struct sha256 *sha256)
{
	const struct origin origin = { .source = { .size = size,
						   .sha256 = *sha256 } };

	if (!is_path(path))
		return refuse_source(gathering, path);
	if (!let_go(gathering, path))
		return false;
	pack_later(gathering, path, origin);
	return add_to_part(gathering, path, &origin);
}

/* --- the walk --- */

static bool add_page(void *context, str path, uint64_t size,
		     const struct sha256 *sha256)
{
	struct gathering *gathering = context;
	const str parts[] = { gathering->domain, STR("/"), path };

	arena_reset(&gathering->path_arena);
	return add_file(
		gathering,
		arena_join(&gathering->path_arena, parts, COUNT_OF(parts)),
		size, sha256);
}

static bool refuse_record(struct diag_list *diags)
{
	struct diag *diag;

	if (diags->failed)
		return false;
	diag = diag_failure(diags, "release-unbuilt",
			    _("the record of the build is not complete"));
	diag_help(diags, diag, _("run jiyue build, then publish"));
	return false;
}

/* What servers must know besides the files; there is no record of it. */
static bool add_redirects(struct gathering *gathering)
{
	const struct releases *releases = gathering->gather->releases;
	struct file_digest found;
	char name[256];

	if (!folder_of(&gathering->from,
		       releases_source_path(releases, RELEASES_REDIRECTS),
		       false, name) ||
	    !file_copy_digest(&found, releases->maker,
			      gathering->from.descriptor, name))
		return errno == ENOENT ||
		       refuse_source(gathering, RELEASES_REDIRECTS);
	return add_file(gathering, RELEASES_REDIRECTS, found.size,
			&found.sha256);
}

static bool add_root(struct gathering *gathering, str domain)
{
	if (str_equal(domain, RELEASES_REDIRECTS))
		return add_redirects(gathering);
	gathering->domain = domain;
	return build_record_files(gathering->gather->store, domain, add_page,
				  gathering) ||
	       refuse_record(gathering->diags);
}

/* As their files are sorted by path: "a.cn/" is behind "a.cn.b/". */
static int compare_roots(const void *left, const void *right)
{
	const str *a = left;
	const str *b = right;
	size_t shorter = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->data, b->data, shorter);

	if (order != 0 || a->len == b->len)
		return order;
	return a->len < b->len ? '/' - (unsigned char)b->data[shorter]
			       : (unsigned char)a->data[shorter] - '/';
}

static bool walk(struct gathering *gathering)
{
	const struct output *output = gathering->gather->output;
	struct list roots;
	str *items;

	output_domains(&roots, output);
	*(str *)list_add(&roots, output->arena) = RELEASES_REDIRECTS;
	items = roots.items;
	qsort(items, roots.count, sizeof(*items), compare_roots);
	for (size_t i = 0; i < roots.count; i++)
		if (!add_root(gathering, items[i]))
			return false;
	return let_go(gathering, STR("")) && end_part(gathering);
}

bool gather_run(struct manifest *out, struct buf *inputs,
		const struct gather *gather, struct diag_list *diags)
{
	struct gathering gathering = {
		.gather = gather, .out = out, .inputs = inputs, .diags = diags
	};
	bool ok;

	list_init(&out->parts, sizeof(struct manifest_part));
	arena_init(&gathering.scratch);
	arena_init(&gathering.old_arena);
	arena_init(&gathering.waiting_arena);
	arena_init(&gathering.path_arena);
	list_init(&gathering.waiting, sizeof(struct waiting));
	folder_init(&gathering.from, gather->output->root);
	fill_known(&gathering);
	begin_part(&gathering);
	ok = walk(&gathering);
	folder_release(&gathering.from);
	arena_release(&gathering.path_arena);
	arena_release(&gathering.waiting_arena);
	arena_release(&gathering.old_arena);
	arena_release(&gathering.scratch);
	if (ok)
		manifest_seal(out, gather->releases->maker,
			      gather->releases->arena);
	return ok;
}
