/*
 * What is asked of a catalogue that is read. Resources are packed and are
 * unpacked for whoever asks, as most questions are about a few of them; numbers
 * are bounded at each step, since a catalogue may come from a record. An id is
 * the path of most files, so those are found in the sorted list of paths, and
 * only the others are in a table.
 */
#include "library/catalog.h"

#include "library/metadata_cache.h"

const struct defaults *catalog_defaults(const struct catalog *catalog, str path)
{
	for (;;) {
		size_t slash = str_find_last_byte(path, '/');
		const struct defaults *found;

		if (slash == STR_NONE)
			return NULL;
		found = map_get(&catalog->defaults,
				str_between(path, 0, slash + 1));
		if (found != NULL)
			return found;
		path.len = slash;
	}
}

uint32_t catalog_file(const struct catalog *catalog, uint32_t number)
{
	uint32_t file =
		catalog_has_item(catalog, catalog->files, sizeof(file), number)
			? catalog->files[number]
			: 0;

	if (file < catalog->snapshot->count)
		return file;
	snapshot_damaged(catalog->snapshot);
	return 0;
}

uint32_t catalog_number(const struct catalog *catalog, size_t file)
{
	uint32_t number = RESOURCE_NONE;

	if (file < catalog->snapshot->count &&
	    snapshot_trusts(catalog->snapshot, &catalog->numbers[file],
			    sizeof(number)))
		number = catalog->numbers[file];
	else
		snapshot_damaged(catalog->snapshot);
	return number == RESOURCE_NONE || catalog_has(catalog, number)
		       ? number
		       : RESOURCE_NONE;
}

static str packed_of(const struct catalog *catalog, uint32_t number)
{
	if (!catalog_has(catalog, number))
		return STR("");
	return catalog->packed != NULL
		       ? catalog->packed[number]
		       : metadata_index_get(catalog->index, number);
}

void catalog_get(struct resource *out, const struct catalog *catalog,
		 uint32_t number)
{
	uint32_t file = catalog_file(catalog, number);

	/* Only a damaged record has other bytes. */
	if (!resource_unpack(out, packed_of(catalog, number),
			     snapshot_path(catalog->snapshot, file), file))
		snapshot_damaged(catalog->snapshot);
	out->number = number;
}

str catalog_text(const struct catalog *catalog, uint32_t number,
		 enum resource_text text)
{
	str found;

	if (!resource_peek(&found, packed_of(catalog, number), text))
		snapshot_damaged(catalog->snapshot);
	return found;
}

const struct resource_type *catalog_type(const struct catalog *catalog,
					 uint32_t number)
{
	return schema_type(catalog->schema,
			   catalog_has_item(catalog, catalog->types, 1, number)
				   ? catalog->types[number]
				   : 0);
}

uint32_t catalog_find_path(const struct catalog *catalog, str path)
{
	size_t file = snapshot_find(catalog->snapshot, path);

	return file == STR_NONE ? RESOURCE_NONE : catalog_number(catalog, file);
}

/* The resource at content/<id><ending>, if the id is its own. */
static uint32_t find_by_ending(const struct catalog *catalog, str id,
			       str ending)
{
	char path[SNAPSHOT_PATH_LIMIT];
	str folder = STR("content/");
	size_t length = folder.len + id.len + ending.len;
	struct resource resource;
	uint32_t number;

	if (length > sizeof(path))
		return RESOURCE_NONE;
	memcpy(path, folder.data, folder.len);
	if (id.len > 0)
		memcpy(path + folder.len, id.data, id.len);
	memcpy(path + folder.len + id.len, ending.data, ending.len);
	number = catalog_find_path(catalog, (str){ path, length });
	if (number == RESOURCE_NONE)
		return RESOURCE_NONE;
	catalog_get(&resource, catalog, number);
	return str_equal(resource.id, id) ? number : RESOURCE_NONE;
}

/* Most ids are paths, so that no table of them is needed. */
uint32_t catalog_find_id(const struct catalog *catalog, str id)
{
	uintptr_t own = catalog->own_ids.count == 0
				? 0
				: (uintptr_t)map_get(&catalog->own_ids, id);
	uint32_t number;

	if (own != 0)
		return (uint32_t)own - 1;
	number = find_by_ending(catalog, id, STR(".md"));
	return number != RESOURCE_NONE
		       ? number
		       : find_by_ending(catalog, id, STR("/index.md"));
}

int catalog_compare_newest(const void *left, const void *right, void *catalog)
{
	const uint32_t *ranks = ((const struct catalog *)catalog)->ranks;
	uint32_t a = ranks[*(const uint32_t *)left];
	uint32_t b = ranks[*(const uint32_t *)right];

	return (a > b) - (a < b);
}
