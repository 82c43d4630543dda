#include "library/extracts.h"

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

static void keep(const struct extracts *extracts, uint32_t number,
		 const struct extract *extract, struct arena *arena)
{
	struct buf packed;

	buf_init(&packed, arena);
	extract_pack(&packed, extract);
	if (spool_has_room(extracts->spool, packed.len))
		spool_put(extracts->spool, number, buf_str(&packed));
}

bool extracts_get(struct extract *out, const struct extracts *extracts,
		  const struct catalog *catalog, struct snapshot_reader *reader,
		  uint32_t number, struct arena *arena)
{
	str packed;

	if (extracts != NULL && extracts->spool != NULL &&
	    spool_get(&packed, extracts->spool, number, arena))
		return extract_unpack(out, &packed);
	if (!extract_read(out, catalog, reader, number, arena))
		return false;
	if (extracts != NULL && extracts->spool != NULL)
		keep(extracts, number, out, arena);
	return true;
}

void extracts_keep(const struct extracts *extracts, uint32_t number,
		   const struct front_matter *matter,
		   const struct source *source, struct arena *arena)
{
	struct extract extract;

	if (extracts != NULL && extracts->spool != NULL &&
	    extracts->wanted[number] &&
	    extract_of(&extract, matter, source, arena))
		keep(extracts, number, &extract, arena);
}
