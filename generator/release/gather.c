/*
 * One walk through the record, part by part. A part whose files have the sizes
 * and SHA-256 of a part of the live release is that part. Of any other, files
 * that the live release has with the same bytes have its SM3; the rest is
 * copied from the output folder, and must be what the record says.
 */
#include "release/gather.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/map.h"
#include "plan/build_record.h"
#include "release/file_copy.h"
#include "system/folder.h"

struct gathering {
	const struct gather *gather;
	struct manifest *out;
	struct buf *inputs;
	struct map known;   /* inputs of a part of the live release: the part */
	struct folder from; /* in the output folder */
	struct diag_list *diags;

	/* of the part at hand */
	struct arena scratch;
	struct list files; /* struct manifest_file; SM3 not yet known */
	struct digest made_from;
	str domain;

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
		       name, releases->staging, staged.text)) {
		if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP ||
		    errno == EISDIR)
			return refuse_source(gathering, file->path);
		claim_fail(gathering->diags, _("cannot copy"), file->path);
		return false;
	}
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
	struct buf text;

	*part = (struct manifest_part){ .files = gathering->files.count };
	for (size_t i = 0; i < gathering->files.count; i++) {
		if (!complete_file(gathering, &files[i]))
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

/* `path` lives as long as `scratch`. */
static bool add_file(struct gathering *gathering, str path, uint64_t size,
		     const struct sha256 *sha256)
{
	struct manifest_file *file;

	if (!is_path(path))
		return refuse_source(gathering, path);
	file = list_add(&gathering->files, &gathering->scratch);
	file->path = path;
	file->digest.size = size;
	file->digest.sha256 = *sha256;
	digest_add(&gathering->made_from, path);
	digest_add_number(&gathering->made_from, size);
	digest_add(&gathering->made_from,
		   (str){ (const char *)sha256->bytes, SHA256_SIZE });
	return !manifest_part_ends(path, gathering->files.count) ||
	       end_part(gathering);
}

/* --- the walk --- */

static bool add_page(void *context, str path, uint64_t size,
		     const struct sha256 *sha256)
{
	struct gathering *gathering = context;
	const str parts[] = { gathering->domain, STR("/"), path };

	return add_file(gathering,
			arena_join(&gathering->scratch, parts, COUNT_OF(parts)),
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
	return end_part(gathering);
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
	folder_init(&gathering.from, gather->output->root);
	fill_known(&gathering);
	begin_part(&gathering);
	ok = walk(&gathering);
	folder_release(&gathering.from);
	arena_release(&gathering.old_arena);
	arena_release(&gathering.scratch);
	if (ok)
		manifest_seal(out, gather->releases->maker,
			      gather->releases->arena);
	return ok;
}
