#include "release/compare.h"

#include <stdlib.h>

#include "base/map.h"

static str digest_bytes(const struct manifest_part *part)
{
	return (str){ (const char *)part->digest.sha256.bytes, SHA256_SIZE };
}

static void fill_parts(struct map *map, const struct manifest *manifest)
{
	struct manifest_part *parts =
		manifest == NULL ? NULL : manifest->parts.items;
	size_t count = manifest == NULL ? 0 : manifest->parts.count;

	map_reserve(map, count);
	for (size_t i = 0; i < count; i++)
		map_add(map, digest_bytes(&parts[i]), &parts[i]);
}

/* Files of the parts of `manifest` that the other does not have. */
static bool read_files(struct list *out, const struct releases *releases,
		       const struct manifest *manifest, const struct map *other,
		       struct diag_list *diags)
{
	const struct manifest_part *parts =
		manifest == NULL ? NULL : manifest->parts.items;
	size_t count = manifest == NULL ? 0 : manifest->parts.count;

	list_init(out, sizeof(struct manifest_file));
	for (size_t i = 0; i < count; i++) {
		struct manifest_file *files;
		struct list part;

		if (map_has(other, digest_bytes(&parts[i])))
			continue;
		if (!releases_part(&part, releases, &parts[i], releases->arena,
				   diags))
			return false;
		files = part.items;
		for (size_t j = 0; j < part.count; j++)
			*(struct manifest_file *)list_add(
				out, releases->arena) = files[j];
	}
	return true;
}

static void add(struct list *out, str path, const struct file_digest *before,
		const struct file_digest *after, struct arena *arena)
{
	*(struct release_change *)list_add(out, arena) =
		(struct release_change){ path, before, after };
}

/* Both are sorted by path. */
static void merge(struct list *out, const struct list *old_files,
		  const struct list *new_files, bool all, struct arena *arena)
{
	const struct manifest_file *a = old_files->items;
	const struct manifest_file *b = new_files->items;
	size_t i = 0;
	size_t j = 0;

	while (i < old_files->count || j < new_files->count) {
		int order = i == old_files->count ? 1
			    : j == new_files->count
				    ? -1
				    : str_compare(a[i].path, b[j].path);

		if (order < 0)
			add(out, a[i].path, &a[i].digest, NULL, arena);
		else if (order > 0)
			add(out, b[j].path, NULL, &b[j].digest, arena);
		else if (all || !file_digest_equal(&a[i].digest, &b[j].digest))
			add(out, a[i].path, &a[i].digest, &b[j].digest, arena);
		i += order <= 0;
		j += order >= 0;
	}
}

static bool compare(struct list *out, const struct releases *releases,
		    const struct manifest *before, const struct manifest *after,
		    bool all, struct diag_list *diags)
{
	struct map old_parts, new_parts;
	struct list old_files, new_files;

	map_init(&old_parts, releases->arena);
	map_init(&new_parts, releases->arena);
	fill_parts(&old_parts, all ? NULL : before);
	fill_parts(&new_parts, all ? NULL : after);
	list_init(out, sizeof(struct release_change));
	if (!read_files(&old_files, releases, before, &new_parts, diags) ||
	    !read_files(&new_files, releases, after, &old_parts, diags))
		return false;
	merge(out, &old_files, &new_files, all, releases->arena);
	return true;
}

bool release_compare(struct list *out, const struct releases *releases,
		     const struct manifest *before,
		     const struct manifest *after, struct diag_list *diags)
{
	return compare(out, releases, before, after, false, diags);
}

bool release_join(struct list *out, const struct releases *releases,
		  const struct manifest *before, const struct manifest *after,
		  struct diag_list *diags)
{
	return compare(out, releases, before, after, true, diags);
}
