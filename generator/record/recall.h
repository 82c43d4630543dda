/*
 * A plan that is taken from the record, because what came since is nothing but
 * other bodies, other words in lists (record/new_rows.h) and texts that came,
 * went or moved (record/plan_edit.h): no settings, no theme and no date on
 * which anything depends.
 *
 * It costs what the changed texts cost and the sites they stand on, whatever
 * the library has besides. Everything that is not as simple is planned anew;
 * both ways write the same bytes. pipeline/recall.c has the order in which
 * these are called.
 */
#ifndef JIYUE_RECORD_RECALL_H
#define JIYUE_RECORD_RECALL_H

#include "record/last_build.h"
#include "record/new_rows.h"
#include "record/page_work.h"
#include "record/plan_edit.h"
#include "record/plan_image.h"
#include "snapshot/renames.h"

struct recall {
	struct last_build last;
	struct last_build now; /* what last_build_resolve gives of this build */
	struct plan_image image;
	struct snapshot before;	  /* the list of the image */
	struct renumbering moves; /* from that to the list of now */
	struct plan_edit edit;
	bool is_edited; /* something moved: the image is written whole */
	bool is_tree;	/* files of a work tree, not of a commit */
	struct renames renames;
	bool has_renames;    /* false: nobody asks what became of other files */
	struct list due;     /* uint32_t: whose day has come; by number */
	struct list changes; /* struct snapshot_change: since the image */
	struct list fresh;   /* of these, since the last build */
	struct list touched; /* struct metadata_change, by number */
	struct findings files; /* what is said of files, with these changes */
	size_t said;	       /* how much is said in all; set by the caller */
	bool *wanted;	       /* one a site: it shows something of that */
	bool *is_touched;      /* one a resource */
	struct new_rows rows;  /* what lists say in other words */
	struct list items;     /* struct recalled_item */
	struct list aliases;   /* struct moved_alias */
	struct trust trust;    /* in the image */
	struct snapshot_reader *reader; /* of the list of now */
	struct arena *arena;
};

/* A page that shows something of what changed. */
struct recalled_item {
	size_t item; /* of the work */
	size_t site;
	size_t place; /* in the record of its site */
	bool is_new;  /* it is not there */
};

/* Files that differ from the last build, beyond which all is planned anew. */
enum { RECALL_FILES = 4096 };

/* --- opening: each false when the plan must be made anew --- */

/*
 * The list of files of the image, with the bytes that they have now. A work
 * tree is `out` before: it was listed, and keeps its way to the bytes.
 */
MUST_USE bool recall_list(struct recall *recall, struct snapshot *out,
			  const struct build_request *request,
			  const struct store *store, struct diag_list *diags);

/* Once the platform's time zone is known, in minutes. */
void recall_set_offset(struct recall *recall, int32_t offset);

/*
 * Fills image, catalogue and arrangement of `recall->image`, and looks whether
 * the metadata of what changed is the same.
 */
MUST_USE bool recall_read(struct recall *recall,
			  const struct plan_image_options *options,
			  struct snapshot_reader *reader);

/* Which sites show something of what changed. */
void recall_choose_sites(struct recall *recall);

/* Plans what may show it; of the options only the themes are looked at. */
void recall_plan(struct recall *recall, struct page_plan *out,
		 const struct theme *themes, const struct store *store,
		 struct diag_list *diags);

/* --- building --- */

/*
 * Chooses the pages that show what changed. False when the record does not
 * know one of them.
 */
MUST_USE bool recall_compare(struct recall *recall, struct page_plan *plan,
			     struct page_work *work, struct store *store);

/*
 * One more page, which was found while others were made; when all are there,
 * they are put in order.
 */
MUST_USE bool recall_add_page(struct recall *recall, struct page_work *work,
			      const struct store *store, size_t site,
			      size_t page);
void recall_settle_pages(struct recall *recall, struct page_work *work);

/*
 * Says again what was said of everything but the pages that were looked at.
 * False when some of it must be judged anew.
 */
MUST_USE bool recall_repeat(const struct recall *recall,
			    const struct page_work *work,
			    const struct store *store, struct diag_list *diags);

/* As struct commit_record has them. */
MUST_USE bool recall_write_site(const struct recall *recall,
				const struct page_work *work,
				struct store *store, size_t number,
				struct arena *scratch, struct diag_list *diags);
MUST_USE bool recall_write_rest(struct recall *recall,
				const struct page_work *work, int64_t as_of,
				struct store *store, struct diag_list *diags);

#endif
