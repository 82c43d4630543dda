/*
 * It is text of one fixed form, so that equal trees have equal bytes and a
 * signature covers all of them. Reading it back is strict: whoever wrote it
 * may not be us, and its paths lead to files.
 */
#include "release/manifest.h"

#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "base/digest.h"
#include "base/sorted.h"

enum { CUT_MASK = 255 }; /* a part has 256 files or so */

static const char magic[] = "jiyue release 1\n";

/* A manifest does not say which zone the platform has. */
str manifest_published(const struct manifest *manifest, struct arena *arena)
{
	enum { SHANGHAI = 8 * 60 };
	struct moment moment;
	struct buf text;

	if (!moment_parse(&moment, manifest->published, 0))
		return manifest->published;
	moment.offset = SHANGHAI;
	buf_init(&text, arena);
	moment_format(&text, moment, STR("%Y-%m-%d %H:%M:%S"));
	return buf_str(&text);
}

bool manifest_part_ends(str path, size_t count)
{
	return count >= MANIFEST_PART_FILES ||
	       (digest_hash(path) & CUT_MASK) == 0;
}

/* --- parts --- */

void manifest_part_print(struct buf *out, const struct list *files)
{
	const struct manifest_file *items = files->items;

	for (size_t i = 0; i < files->count; i++) {
		const struct file_digest *digest = &items[i].digest;

		file_digest_print(out, &digest->sha256);
		buf_add_byte(out, ' ');
		file_digest_print(out, &digest->sm3);
		buf_add_byte(out, ' ');
		buf_add_number(out, digest->size, 1);
		buf_add_byte(out, ' ');
		buf_add(out, items[i].path);
		buf_add_byte(out, '\n');
	}
}

/* "123 " */
static bool take_number(uint64_t *out, str *rest)
{
	str digits;

	return str_split_next(rest, ' ', &digits) && str_to_u64(out, digits);
}

static bool take_digests(struct file_digest *out, str *rest)
{
	return file_digest_parse(&out->sha256, rest) &&
	       str_take_byte(rest, ' ') && file_digest_parse(&out->sm3, rest) &&
	       str_take_byte(rest, ' ') && take_number(&out->size, rest);
}

/* A path that leads below the tree, and nowhere else. */
static bool is_path(str path)
{
	str part;

	if (path.len == 0 || path.data[path.len - 1] == '/')
		return false;
	while (str_split_next(&path, '/', &part))
		if (part.len == 0 || str_equal(part, STR(".")) ||
		    str_equal(part, STR("..")) ||
		    memchr(part.data, '\0', part.len) != NULL)
			return false;
	return true;
}

bool manifest_part_parse(struct list *out, str text, struct arena *arena)
{
	str line;

	list_init(out, sizeof(struct manifest_file));
	if (text.len == 0 || text.data[text.len - 1] != '\n')
		return false;
	text.len--;
	while (str_split_next(&text, '\n', &line)) {
		struct manifest_file *file = list_add(out, arena);

		if (!take_digests(&file->digest, &line) || !is_path(line))
			return false;
		file->path = line;
		if (out->count > 1 &&
		    str_compare(file[-1].path, file->path) >= 0)
			return false;
	}
	return true;
}

/* --- the whole --- */

static void print_part(struct buf *out, const struct manifest_part *part)
{
	buf_add_c(out, "part ");
	file_digest_print(out, &part->digest.sha256);
	buf_add_byte(out, ' ');
	file_digest_print(out, &part->digest.sm3);
	buf_printf(out, " %" PRIu64 " %" PRIu64 " %" PRIu64 " %.*s\n",
		   part->digest.size, part->files, part->bytes,
		   STR_ARG(part->first));
}

static void print_parts(struct buf *out, const struct manifest *manifest)
{
	const struct manifest_part *parts = manifest->parts.items;

	for (size_t i = 0; i < manifest->parts.count; i++)
		print_part(out, &parts[i]);
}

void manifest_seal(struct manifest *manifest, struct file_digest_maker *maker,
		   struct arena *arena)
{
	const struct manifest_part *parts = manifest->parts.items;
	struct file_digest digest;
	struct buf lines;

	manifest->files = 0;
	manifest->bytes = 0;
	for (size_t i = 0; i < manifest->parts.count; i++) {
		manifest->files += parts[i].files;
		manifest->bytes += parts[i].bytes;
	}
	buf_init(&lines, arena);
	print_parts(&lines, manifest);
	digest = file_digest_of(maker, buf_str(&lines));
	manifest->root = digest.sha256;
	manifest->root_sm3 = digest.sm3;
}

static void print_root(struct buf *out, const char *key,
		       const struct sha256 *root)
{
	buf_printf(out, "%s ", key);
	file_digest_print(out, root);
	buf_add_byte(out, '\n');
}

void manifest_print(struct buf *out, const struct manifest *manifest)
{
	buf_add_c(out, magic);
	buf_printf(out, "number %" PRIu64 "\nbefore %" PRIu64 "\n",
		   manifest->number, manifest->before);
	buf_printf(out, "commit %.*s\nas-of %.*s\nprogram %.*s\n",
		   STR_ARG(manifest->commit), STR_ARG(manifest->as_of),
		   STR_ARG(manifest->program));
	buf_printf(out, "published %.*s\n", STR_ARG(manifest->published));
	buf_printf(out, "files %" PRIu64 "\nbytes %" PRIu64 "\n",
		   manifest->files, manifest->bytes);
	print_root(out, "root", &manifest->root);
	print_root(out, "root-sm3", &manifest->root_sm3);
	print_parts(out, manifest);
}

/* "key value\n" */
static bool take_line(str *out, str *rest, const char *key)
{
	size_t length = strlen(key);
	str line;

	if (!str_split_next(rest, '\n', &line) || line.len <= length ||
	    memcmp(line.data, key, length) != 0 || line.data[length] != ' ')
		return false;
	*out = str_from(line, length + 1);
	return true;
}

static bool take_number_line(uint64_t *out, str *rest, const char *key)
{
	str value;

	return take_line(&value, rest, key) && str_to_u64(out, value);
}

static bool take_root(struct sha256 *out, str *rest, const char *key)
{
	str value;

	return take_line(&value, rest, key) && file_digest_parse(out, &value) &&
	       value.len == 0;
}

static bool parse_head(struct manifest *out, str *rest)
{
	if (!str_starts_with(*rest, str_from_c(magic)))
		return false;
	*rest = str_from(*rest, sizeof(magic) - 1);
	return take_number_line(&out->number, rest, "number") &&
	       take_number_line(&out->before, rest, "before") &&
	       take_line(&out->commit, rest, "commit") &&
	       take_line(&out->as_of, rest, "as-of") &&
	       take_line(&out->program, rest, "program") &&
	       take_line(&out->published, rest, "published") &&
	       take_number_line(&out->files, rest, "files") &&
	       take_number_line(&out->bytes, rest, "bytes") &&
	       take_root(&out->root, rest, "root") &&
	       take_root(&out->root_sm3, rest, "root-sm3");
}

static bool parse_part(struct manifest_part *out, str line)
{
	if (!take_digests(&out->digest, &line) ||
	    !take_number(&out->files, &line) ||
	    !take_number(&out->bytes, &line) || !is_path(line))
		return false;
	out->first = line;
	return true;
}

static bool parse_parts(struct manifest *out, str rest, struct arena *arena)
{
	while (rest.len > 0) {
		struct manifest_part *part = list_add(&out->parts, arena);
		str line;

		if (!take_line(&line, &rest, "part") || !parse_part(part, line))
			return false;
		if (out->parts.count > 1 &&
		    str_compare(part[-1].first, part->first) >= 0)
			return false;
	}
	return true;
}

bool manifest_parse(struct manifest *out, str text,
		    struct file_digest_maker *maker, struct arena *arena)
{
	struct manifest said;

	*out = (struct manifest){ 0 };
	list_init(&out->parts, sizeof(struct manifest_part));
	if (!parse_head(out, &text) || !parse_parts(out, text, arena))
		return false;
	said = *out;
	manifest_seal(out, maker, arena);
	return said.files == out->files && said.bytes == out->bytes &&
	       memcmp(&said.root, &out->root, sizeof(said.root)) == 0 &&
	       memcmp(&said.root_sm3, &out->root_sm3, sizeof(said.root)) == 0;
}

const struct manifest_part *manifest_part_of(const struct manifest *manifest,
					     str path)
{
	const struct manifest_part *parts = manifest->parts.items;
	const struct sorted_rows rows = {
		parts, manifest->parts.count, sizeof(*parts),
		offsetof(struct manifest_part, first)
	};
	size_t to = sorted_count_to(&rows, path);

	return to == 0 ? NULL : &parts[to - 1];
}
