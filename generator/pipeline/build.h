/*
 * One build: a library, an output folder with the record of what stands in it,
 * and the order of the phases between them (design.md, style.md 2). A check is
 * the same phases, and writes no page; with an output folder it does not make
 * the pages that stand there, and keeps what it found in a record of its own.
 *
 * Always true: after build_open the plan is frozen. What is written is a
 * function of the revision with its history, with mistakes too.
 */
#ifndef JIYUE_PIPELINE_BUILD_H
#define JIYUE_PIPELINE_BUILD_H

#include "library/metadata_cache.h"
#include "audit/page_links.h"
#include "audit/rule_book.h"
#include "output/output.h"
#include "pipeline/library.h"
#include "snapshot/review_log.h"
#include "pipeline/phases.h"
#include "record/last_build.h"
#include "record/page_work.h"
#include "snapshot/version_memory.h"

/* Called now and then while pages are made, from one thread only. */
typedef void build_progress(void *context, size_t done, size_t all);

struct build_options {
	struct library_options library;
	const char *out;      /* NULL: nothing is written, nothing known */
	bool check;	      /* nothing is written there but what was found */
	bool daily;	      /* a check with what time brings about */
	bool external;	      /* a check that keeps every address outside */
	const char *site;     /* NULL: all */
	size_t message_limit; /* texts kept of a kind; 0: all */
	bool quiet;	      /* warnings are counted and not told */
	bool strict;	      /* nothing is written when there is any error */
	bool always; /* plan anew, even when little or nothing has changed */
	bool no_body_cache; /* keep no bodies for the next build, and take none
			     */
	build_progress *progress; /* may be NULL */
	void *progress_context;
};

struct build_result {
	size_t pages; /* made */
	size_t fresh; /* not made: nothing they depend on has changed */
	size_t written;
	size_t unchanged;
	size_t removed;
	size_t sites;
	bool is_held_back; /* by options->strict */
	uint64_t kept;	   /* bytes on the disk for the next build; 0: none */
	/* what a check took */
	size_t judged; /* resources and columns, each once a rule */
	size_t bodies; /* read for their words */
	size_t read;   /* pages of the output folder, for their links */
};

struct build {
	const struct build_options *options;
	struct rule_book *book; /* of a check, once it was read; or NULL */
	struct arena arena;	/* until the end */
	bool has_git;		/* libgit2 runs, until build_close */
	bool is_cut;		/* there are older commits elsewhere, and only
				   those that are here count */
	struct diag_list diags; /* all that was said */
	struct diag_list files; /* of it: of one file of content/ each */
	struct diag_list rest;	/* of it: of no single file or page */
	struct phases phases;
	struct library library;
	struct page_work work;
	struct page_links_found links; /* of a check */
	struct build_result result;

	/* only when options->out is set */
	struct output output;
	struct store *store;		/* the record of the last build */
	struct store *checked;		/* what checks found; or NULL */
	struct kept_bytes *kept;	/* of bodies; or NULL */
	struct version_memory versions; /* that stand in */
	struct review_log reviews;	/* what commits say of them */
	struct metadata_cache metadata;
	struct findings known_files; /* what was said of them */
	struct last_build now;	     /* of a work tree: what is built */

	struct redirect_rules *redirects; /* one a site; NULL: as they were */

	struct recall *recall; /* the plan is that of the last build; or NULL */
	bool is_current;       /* there is nothing to do; nothing was read */
};

/* No messages yet, and as many texts of a kind as the options want. */
void build_init_messages(struct build *build);

/*
 * What is known of reviews. A plan that is tried first and not taken has asked
 * for it: what it learned of signatures counts for the next.
 */
void build_begin_reviews(struct build *build);

/* The library alone: its files are listed, and none is read. */
MUST_USE bool build_open_library(struct build *out,
				 const struct build_options *options);

/* Everything up to the plan. False when there is none. */
MUST_USE bool build_open(struct build *out,
			 const struct build_options *options);
void build_close(struct build *build);

/*
 * Makes all pages; writes those that differ, unless it is a check. The result
 * is filled when it returns true.
 */
MUST_USE bool build_run(struct build *build);

/* The pages alone: they are made, and neither proven nor written. */
MUST_USE bool build_make(struct build *build);

/* What the record knows of the pages, as build_run finds it. */
void build_compare(struct build *build);

#endif
