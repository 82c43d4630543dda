/*
 * What stands beside the site.yaml of a site and is no part of it: its old
 * addresses, what its readers ask for. Each file counts in its newest version
 * that can be read as a whole; one without such a version counts as not there.
 */
#include "site/cluster_reader.h"

/* One kind of such a file; a site has at most one that counts. */
struct beside_file {
	size_t (*find)(const struct snapshot *snapshot, const struct site *site,
		       struct arena *arena); /* or STR_NONE */
	bool (*is_path)(str path);
	bool (*read)(struct site *site, size_t file,
		     const struct source *source, struct arena *arena,
		     struct diag_list *diags);
	void (*clear)(struct site *site);
};

/* --- sites/<id>/redirects.csv --- */

static size_t find_redirects(const struct snapshot *snapshot,
			     const struct site *site, struct arena *arena)
{
	return snapshot_find(snapshot,
			     arena_printf(arena, "sites/%.*s/redirects.csv",
					  STR_ARG(site->id)));
}

static bool is_redirects(str path)
{
	return str_ends_with(path, STR("/redirects.csv"));
}

static bool read_redirects(struct site *site, size_t file,
			   const struct source *source, struct arena *arena,
			   struct diag_list *diags)
{
	(void)file;
	return redirects_read(&site->redirects, source, site->domain, arena,
			      diags);
}

static void clear_redirects(struct site *site)
{
	site->redirects = (struct redirect_rows){ 0 };
}

/* --- sites/<id>/statistics, the newest .json --- */

/* The last by name: names begin with the month. */
static size_t find_hits(const struct snapshot *snapshot,
			const struct site *site, struct arena *arena)
{
	size_t first, behind;

	snapshot_range(snapshot,
		       arena_printf(arena, "sites/%.*s/statistics/",
				    STR_ARG(site->id)),
		       &first, &behind);
	while (behind > first)
		if (hits_has_path(snapshot_path(snapshot, --behind)))
			return behind;
	return STR_NONE;
}

static bool read_hits(struct site *site, size_t file,
		      const struct source *source, struct arena *arena,
		      struct diag_list *diags)
{
	bool ok = hits_read(&site->hits, source, arena, diags);

	site->hits.file = (uint32_t)file;
	return ok;
}

static void clear_hits(struct site *site)
{
	site->hits = (struct site_hits){ 0 };
}

static const struct beside_file kinds[] = {
	{ find_redirects, is_redirects, read_redirects, clear_redirects },
	{ find_hits, hits_has_path, read_hits, clear_hits },
};

/* --- all of them --- */

static bool read_file(struct site *site, const struct beside_file *kind,
		      const struct cluster_reader *reader,
		      struct snapshot_reader *files, size_t file,
		      struct diag_list *diags)
{
	struct source source;

	kind->clear(site);
	return snapshot_read_text(&source, files, file, reader->arena, diags) &&
	       kind->read(site, file, &source, reader->arena, diags);
}

/* In the second round those that have an earlier version now, or none. */
static void read_kind(struct cluster *cluster, const struct beside_file *kind,
		      const struct cluster_reader *reader, bool is_second,
		      struct list *broken, struct diag_list *diags)
{
	for (size_t i = 0; i < cluster->count; i++) {
		struct site *site = &cluster->sites[i];
		size_t file = kind->find(reader->snapshot, site, reader->arena);

		if (file == STR_NONE ||
		    (is_second && !snapshot_is_patched(reader->snapshot, file)))
			continue;
		if (!read_file(site, kind, reader, reader->files, file,
			       diags)) {
			kind->clear(site);
			cluster_add_file(broken, file, reader->arena);
		}
	}
}

void cluster_read_beside(struct cluster *cluster, struct cluster_reader *reader)
{
	struct diag_list ignored;
	struct list broken, none;

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		list_init(&broken, sizeof(uint32_t));
		list_init(&none, sizeof(uint32_t));
		read_kind(cluster, &kinds[i], reader, false, &broken,
			  reader->diags);
		if (broken.count == 0 || reader->diags->failed)
			continue;
		cluster_mend(reader, &broken);
		diag_list_init_part(&ignored, reader->arena, reader->diags);
		read_kind(cluster, &kinds[i], reader, true, &none, &ignored);
	}
}

bool cluster_try_beside(bool *is_correct, const struct cluster_reader *reader,
			str path, struct snapshot_reader *files, size_t file,
			struct diag_list *diags)
{
	struct site site = { .domain = STR("") };

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (kinds[i].is_path(path)) {
			*is_correct = read_file(&site, &kinds[i], reader, files,
						file, diags);
			return true;
		}
	return false;
}
