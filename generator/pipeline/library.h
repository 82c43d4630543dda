/*
 * The library of one revision, read and planned: everything that pages are
 * made from. It knows nothing of an output folder, so that a build, a check
 * and a preview can have it alike.
 *
 * Always true: once planned it is frozen and shared by threads as const; all
 * of it is in its own arena and gone with library_close. What a record gave
 * (metadata, a recalled plan) is slices of it, so the record is closed later.
 */
#ifndef JIYUE_PIPELINE_LIBRARY_H
#define JIYUE_PIPELINE_LIBRARY_H

#include "plan/page_plan.h"
#include "render/render.h"

struct theme_trials;

struct library_options {
	const char *folder;	   /* "." */
	const char *revision;	   /* NULL: HEAD */
	bool worktree;		   /* read the files as they stand */
	struct file_memory *files; /* with it: what is known of them; or NULL */
	bool drafts;		   /* with it: show what is not published yet */
	bool front_matter_dates;   /* no walk of the history */
	struct moment as_of;	   /* unless as_of_text is set */
	const char *as_of_text; /* NULL, or a day or minute of the platform */
	size_t threads;
};

/* What no settings can be: findings_digest is odd, or 0 when nothing is said.
 */
enum { SETTINGS_UNKNOWN = 2 };

struct library {
	const struct library_options *options;
	struct arena arena;	  /* until the end */
	struct snapshot snapshot; /* earlier versions where they stand in */
	struct snapshot_reader *reader;		/* the main thread's; or NULL */
	struct snapshot written;		/* the same as it was written */
	struct snapshot_reader *written_reader; /* for messages; or NULL */
	struct list gone_types; /* struct gone_type: that count all the same */
	struct cluster cluster;
	uint64_t settings_told; /* digest of what was said of settings */
	struct catalog catalog;
	struct attachments attachments;
	struct file_history *history;
	struct renames renames;	       /* of what the library had before */
	struct version_memory *memory; /* of earlier versions; or NULL */
	struct review_log *review_log; /* of an earlier build; or NULL */
	struct reviews *reviews;       /* site/reviews.h; NULL: nobody asks */
	struct theme *themes;	       /* one a site */
	struct arena *theme_arenas;    /* of those that threads loaded */
	size_t theme_arena_count;
	bool has_known_themes;	     /* the last build checked these */
	struct theme_trials *trials; /* of themes that failed; or NULL */
	struct moment as_of;	     /* which moment it speaks for */
	struct arrangement arrangement;
	bool *left_out;		      /* by resource number; NULL: none */
	const struct findings *known; /* of files, in the record; or NULL */
	struct diag_list
		*told; /* gets what is said of one file; NULL: as all */
	struct page_plan plan;
};

void library_init(struct library *library,
		  const struct library_options *options);
void library_close(struct library *library);

/* --- the phases, in this order; false: the world failed, or no plan --- */

/* Lists the files; `spool` is a folder for what is dear to unpack, or -1. */
MUST_USE bool library_list(struct library *library, int spool,
			   struct diag_list *diags);

/* Dates of change; `store` has those of an earlier build, or is NULL. */
MUST_USE bool library_read_history(struct library *library,
				   const struct store *store,
				   struct diag_list *diags);

/* Settings and metadata; `known` is what an earlier build knew, or NULL. */
MUST_USE bool library_read(struct library *library,
			   struct metadata_cache *known,
			   struct diag_list *diags);

/* A site whose theme has mistakes gets no pages in the plan. */
void library_load_themes(struct library *library, struct diag_list *diags);
void library_settle_as_of(struct library *library);
void library_arrange(struct library *library, struct diag_list *diags);
void library_plan(struct library *library, struct diag_list *diags);

/*
 * Leaves out the resources whose address belongs to others. False when there
 * are none; otherwise the library is arranged and planned once more.
 */
bool library_leave_out_losers(struct library *library);

/* --- pieces of them, for a plan that is recalled --- */

MUST_USE bool library_read_settings(struct library *library,
				    struct diag_list *diags);

/* What commits say of reviews, for sites that ask for them. */
MUST_USE bool library_read_reviews(struct library *library,
				   struct diag_list *diags);

void library_load_theme(struct library *library, const struct site *site,
			struct diag_list *diags);

/* How messages get at the text of their places. */
struct source_reader library_source_reader(struct library *library);

#endif
