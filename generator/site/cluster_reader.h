/* What reading the cluster needs; private to this folder. */
#ifndef JIYUE_SITE_CLUSTER_READER_H
#define JIYUE_SITE_CLUSTER_READER_H

#include "site/cluster.h"
#include "snapshot/version_search.h"

struct cluster_reader {
	struct cluster *cluster;
	const struct cluster_sources *sources;
	struct snapshot *snapshot;
	struct snapshot_reader *files;
	struct arena *arena;
	struct diag_list *diags;
	struct list *unknown_types; /* str: named, and not there; or NULL */
	bool wants_theme; /* a version without the theme it names is none */
};

/* The site of a site.yaml of today or of an earlier version. */
MUST_USE bool cluster_read_site(struct site *out,
				const struct cluster_reader *reader,
				struct snapshot_reader *files, size_t file,
				struct diag_list *diags);

/* Of what the platform and the types say, in the versions that count. */
struct digest cluster_digest_settings(const struct cluster *cluster,
				      const struct snapshot *snapshot);

/*
 * From here on the files (uint32_t) have the bytes of their newest correct
 * version; those that have none are left in the list.
 */
void cluster_mend(struct cluster_reader *reader, struct list *files);
void cluster_add_file(struct list *files, size_t file, struct arena *arena);

/* The same file with the same types is the same. */
struct digest cluster_version_key(void *context,
				  const struct version_sought *item,
				  const struct version *version);

/* platform.yaml, with the severity that it sets. */
MUST_USE bool cluster_read_platform(struct cluster *out,
				    const struct cluster_reader *reader,
				    const struct snapshot *snapshot,
				    struct snapshot_reader *files,
				    struct diag_list *diags);

/* Has the library a theme of the name, or had it one? */
bool cluster_had_theme(const struct cluster_reader *reader, str name);

/* After the platform was read; it may be another version then. */
void cluster_check_theme(struct cluster_reader *reader);

/* False: some sites are to be read again, as they were (cluster_themes.c). */
MUST_USE bool cluster_check_site_themes(struct cluster_reader *reader);

/*
 * version_search.needs of a type file (cluster_types.c): types may be like each
 * other, so one is read with the others.
 */
bool cluster_types_need(void *context, str path);

/* False when there is no schema (cluster_types.c). */
MUST_USE bool cluster_find_types(struct cluster_reader *reader);
MUST_USE bool cluster_can_read_type(const struct cluster_reader *reader,
				    const struct version *version, size_t file,
				    struct diag_list *ignored);

/* Whether what is of this file's type misses the file when it is gone. */
bool cluster_misses_type(str path);

/* Synonyms and holidays (cluster_words.c). */
void cluster_read_words(struct cluster *cluster, struct cluster_reader *reader);

/* False when the path is none of their files. */
MUST_USE bool cluster_try_words(bool *is_correct,
				const struct cluster_reader *reader, str path,
				struct snapshot_reader *files, size_t file,
				struct diag_list *diags);

/* What stands beside the site.yaml of each site (cluster_beside.c). */
void cluster_read_beside(struct cluster *cluster,
			 struct cluster_reader *reader);

/* False when the path is none of these files. */
MUST_USE bool cluster_try_beside(bool *is_correct,
				 const struct cluster_reader *reader, str path,
				 struct snapshot_reader *files, size_t file,
				 struct diag_list *diags);

/* Fills `by_domain` and `by_name` in (cluster_names.c). */
void cluster_index_domains(struct cluster *cluster, struct arena *arena);

/*
 * Who owns what two sites claim (owner.c). Afterwards no two sites have one
 * domain: `sites` have those that are there, numbered anew.
 */
void cluster_settle_domains(struct cluster *cluster,
			    const struct cluster_reader *reader);

/* Fills `by_unit` in (unit_owner.c). */
void cluster_settle_units(struct cluster *cluster,
			  const struct cluster_reader *reader);

#endif
