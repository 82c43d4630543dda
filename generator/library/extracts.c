#include "library/extracts.h"

#include "cache/kept_bytes.h"
#include "snapshot/spool.h"

void extracts_open(struct extracts *extracts, int folder, const bool *wanted,
		   size_t resources, struct arena *arena)
{
	extracts->wanted = wanted;
	extracts->spool = spool_open(folder, resources, arena);
}

void extracts_close(struct extracts *extracts)
{
	if (extracts->spool != NULL)
		spool_close(extracts->spool);
	extracts->spool = NULL;
}

uint64_t extracts_name(str path)
{
	struct digest digest = { 0 };

	digest_add(&digest, STR("x"));
	digest_add(&digest, path);
	return digest.low;
}

static str path_of(const struct catalog *catalog, uint32_t number)
{
	return snapshot_path(catalog->snapshot, catalog_file(catalog, number));
}

/* From build to build where there is room, or as long as this one lasts. */
static void keep(const struct extracts *extracts, const struct catalog *catalog,
		 uint32_t number, const struct extract *extract,
		 struct arena *arena)
{
	struct buf packed;

	buf_init(&packed, arena);
	extract_pack(&packed, extract);
	if (extracts->kept != NULL &&
	    kept_bytes_put(extracts->kept,
			   extracts_name(path_of(catalog, number)),
			   extract_key(catalog, number), buf_str(&packed)))
		return;
	if (spool_has_room(extracts->spool, packed.len))
		spool_put(extracts->spool, number, buf_str(&packed));
}

static bool find(str *out, const struct extracts *extracts,
		 const struct catalog *catalog, uint32_t number,
		 struct arena *arena)
{
	if (extracts == NULL || extracts->spool == NULL)
		return false;
	if (extracts->kept != NULL &&
	    kept_bytes_get(out, extracts->kept,
			   extracts_name(path_of(catalog, number)),
			   extract_key(catalog, number), arena))
		return true;
	return spool_get(out, extracts->spool, number, arena);
}

bool extracts_get(struct extract *out, const struct extracts *extracts,
		  const struct catalog *catalog, struct snapshot_reader *reader,
		  uint32_t number, struct arena *arena)
{
	str packed;

	if (find(&packed, extracts, catalog, number, arena) &&
	    extract_unpack(out, &packed))
		return true;
	if (!extract_read(out, catalog, reader, number, arena))
		return false;
	if (extracts != NULL && extracts->spool != NULL)
		keep(extracts, catalog, number, out, arena);
	return true;
}

void extracts_keep(const struct extracts *extracts,
		   const struct catalog *catalog, uint32_t number,
		   const struct front_matter *matter,
		   struct markdown_reading *body, struct arena *arena)
{
	struct extract extract;
	str packed;

	if (extracts != NULL && extracts->spool != NULL &&
	    extracts->wanted[number] &&
	    !find(&packed, extracts, catalog, number, arena) &&
	    extract_of(&extract, matter, body, arena))
		keep(extracts, catalog, number, &extract, arena);
}
