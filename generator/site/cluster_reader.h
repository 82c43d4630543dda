/* What reading the cluster needs; private to this folder. */
#ifndef JIYUE_SITE_CLUSTER_READER_H
#define JIYUE_SITE_CLUSTER_READER_H

#include "site/cluster.h"

struct cluster_reader {
	struct cluster *cluster;
	const struct cluster_sources *sources;
	struct snapshot *snapshot;
	struct snapshot_reader *files;
	struct arena *arena;
	struct diag_list *diags;
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
 * Who owns what two sites claim (owner.c). Afterwards no two sites have one
 * domain: `sites` have those that are there, numbered anew.
 */
void cluster_settle_domains(struct cluster *cluster,
			    const struct cluster_reader *reader);

/* Fills `by_unit` in. */
void cluster_settle_units(struct cluster *cluster,
			  const struct cluster_reader *reader);

#endif
