/*
 * The phases of one build, in order: open, read, index, arrange, plan, render,
 * write, check (design.md, style.md 2). Each is a plain function of the ones
 * before; this module owns what they make.
 *
 * Always true: after pipeline_open the plan is frozen; a site with errors is
 * `blocked` and keeps its last pages, the others go on.
 */
#ifndef JIYUE_PIPELINE_PIPELINE_H
#define JIYUE_PIPELINE_PIPELINE_H

#include "library/metadata_cache.h"
#include "output/output.h"
#include "render/render.h"

/* Called now and then while pages are made, from one thread only. */
typedef void pipeline_progress(void *context, size_t done, size_t all);

struct pipeline_options {
	const char *library;	 /* folder; "." */
	const char *revision;	 /* NULL: HEAD */
	bool worktree;		 /* read the files as they stand */
	bool front_matter_dates; /* no walk of the history */
	const char *out;	 /* NULL: nothing is written */
	const char *site;	 /* NULL: all */
	struct moment as_of;	 /* unless as_of_text is set */
	const char *as_of_text;	 /* NULL, or a day or minute of the platform */
	size_t threads;
	bool always; /* plan anew, even when little or nothing has changed */
	pipeline_progress *progress; /* may be NULL */
	void *progress_context;
};

struct build_result {
	size_t pages; /* made */
	size_t fresh; /* not made: nothing they depend on has changed */
	size_t written;
	size_t unchanged;
	size_t removed;
	size_t sites;
	size_t blocked_sites;
};

/* How long each phase took, in the order in which they came. */
struct phase_time {
	const char *phase;
	int64_t milliseconds;
};

enum { PHASE_LIMIT = 16 };

struct pipeline {
	const struct pipeline_options *options;
	struct moment as_of;
	struct arena arena; /* until the end */
	struct diag_list diags;
	struct snapshot snapshot;
	bool is_open;			/* the snapshot */
	struct snapshot_reader *reader; /* the main thread's */
	struct catalog catalog;
	struct cluster cluster;
	struct arrangement arrangement;
	struct theme *themes; /* one a site */
	struct page_plan plan;
	const struct file_history *history;
	bool *blocked; /* one a site: it has errors */

	/* only when options->out is set */
	struct output output;
	struct store *store; /* the record of the last build */
	struct metadata_cache metadata;
	struct phase_time times[PHASE_LIMIT];
	size_t time_count;
	int64_t phase_start; /* of the clock */

	struct recall *recall; /* the plan is that of the last build; or NULL */
	bool must_restart;     /* it did not hold: open with `always` */
	bool is_current;       /* there is nothing to do; nothing was read */
	struct build_result last; /* of the last build, then */
};

/* Everything up to the plan. False when there is none. */
MUST_USE bool pipeline_open(struct pipeline *out,
			    const struct pipeline_options *options);
void pipeline_close(struct pipeline *pipeline);

/* Loads the theme of a site that was not loaded yet. */
void pipeline_load_theme(struct pipeline *pipeline, const struct site *site);

/* Which moment the build speaks for; after the cluster was read. */
void pipeline_settle_as_of(struct pipeline *pipeline);

/*
 * Makes all pages; writes those that differ when options->out is set. When it
 * returns false with `must_restart`, nothing was written.
 */
MUST_USE bool pipeline_build(struct build_result *out,
			     struct pipeline *pipeline);

/* Ends a phase: notes the time since the last one ended. */
void pipeline_end_phase(struct pipeline *pipeline, const char *phase);

/* How messages get at the text of their places. */
struct source_reader pipeline_source_reader(struct pipeline *pipeline);

#endif
