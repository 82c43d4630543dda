/*
 * What was reviewed: of the sites that publish only that (`review:` of their
 * site.yaml). A text goes through the steps of sites/<id>/roles.yaml, each by a
 * commit with a line at the end of its message:
 *
 *	Reviewed-by: final <zhongshen@jyj.example.cn> 3f2a…: the blob, 40 digits
 *
 * Source: the Measures, articles 17 and 32; rules.md D.0.1.
 *
 * A line counts when the commit is by the one it names, when that one has the
 * role in the roles.yaml of the commit before it (nobody appoints himself and
 * reviews in one commit), when the steps before it are taken, and when who
 * publishes has not reviewed. A version whose steps are all taken is reviewed
 * for good: roles that change later take nothing back. A roles.yaml with
 * mistakes leaves that of the review before it in force. A site may ask for
 * more: that the commit is signed, by a key that the commit before it has
 * (reviews_sign.c). Who reviews a text looks at the files beside it, too: they
 * are published as they were when its steps were taken (reviews_beside.c).
 *
 * Always true once read: frozen, but for what waits, which the library tells
 * while it is read; a function of the revision with its history.
 */
#ifndef JIYUE_SITE_REVIEWS_H
#define JIYUE_SITE_REVIEWS_H

#include "library/review_gate.h"
#include "site/cluster.h"
#include "site/roles.h"
#include "snapshot/review_log.h"

/* Why a line does not count. */
enum review_flaw {
	FLAW_AUTHOR, /* the commit is by somebody else */
	FLAW_ROLE,   /* who it names had no such role */
	FLAW_KEY,    /* it is not signed by who it names */
	FLAW_ORDER,  /* a step before it was not taken */
	FLAW_SAME,   /* who publishes has reviewed */
	FLAW_COUNT,
};

/* What was done about one version of a text. */
struct review_verdict {
	bool is_whole;	  /* all steps are taken */
	bool is_shared;	  /* a commit that speaks of it speaks of others too */
	unsigned taken;	  /* bit set of enum role */
	enum role next;	  /* the step that is missing; ROLE_COUNT: none */
	int64_t reviewed; /* the last review before publishing; INT64_MIN */
	int64_t last;	  /* the last step of all; INT64_MIN: none */
	const struct review_entry *flaws[FLAW_COUNT]; /* the last; or NULL */
};

/* A text that waits: what is written is not what readers see. */
struct review_wait {
	uint32_t file; /* of the snapshot */
	bool is_shown; /* in an earlier version */
	bool is_down;  /* taken down, whatever is reviewed */
	str shown;     /* that version's commit, 40 hex digits; or empty */
	/*
	 * NULL: the text itself waits. Else it is what was reviewed, and files
	 * beside it are not: what was done about it with these as they are.
	 */
	const struct review_verdict *beside;
	struct list held; /* uint32_t: files beside it that are held back */
};

struct reviews;

struct reviews_sources {
	const struct snapshot *snapshot; /* as it was written, for good */
	const struct cluster *cluster;
	struct review_log *log; /* of an earlier build; goes on to the commit */
};

/* Does any site ask for reviews? */
bool reviews_are_asked(const struct cluster *cluster);

/* Says what is wrong with settings of reviews. False when the world fails. */
MUST_USE bool reviews_read(struct reviews **out,
			   const struct reviews_sources *sources,
			   struct arena *arena, struct diag_list *diags);

/* The snapshot that they speak of, as it was written. */
const struct snapshot *reviews_written(const struct reviews *reviews);

/* For the library while it is read; lives as long as `reviews`. */
const struct review_gate *reviews_gate(const struct reviews *reviews);

/* The site that asks for reviews of the text; NULL: nobody does. */
const struct site *reviews_asker(const struct reviews *reviews, str path);

/*
 * The site whose reviews rest on the file: its roles.yaml, allowed_signers and
 * what is in signers/. NULL: there is none that asks for reviews.
 */
const struct site *reviews_guarded(const struct cluster *cluster, str path);

/* Does the version count without a review, being from before them? */
bool reviews_is_older(const struct reviews *reviews, str path, str blob);

/*
 * Is a line what it says it is, for any site? FLAW_AUTHOR, FLAW_ROLE or
 * FLAW_KEY when it is for none; FLAW_COUNT: it is.
 */
enum review_flaw reviews_line_flaw(const struct reviews *reviews,
				   const struct review_entry *entry);

/* What was done about this blob, for a text of the site. */
void reviews_judge(struct review_verdict *out, const struct reviews *reviews,
		   const struct site *site, const uint8_t *blob);

/* The same of a text that waits, with what stands beside it. */
void reviews_judge_wait(struct review_verdict *out,
			const struct reviews *reviews, const struct site *site,
			const uint8_t *blob, const struct review_wait *wait);

/*
 * Files beside texts (index.md) that are not what was reviewed with them have
 * the bytes that were, from now on; those that never were are marked in
 * `withheld`, by file. `snapshot` has the versions that stand in for texts.
 */
void reviews_hold_beside(struct reviews *reviews, struct snapshot *snapshot,
			 uint8_t **withheld, struct arena *arena,
			 struct diag_list *diags);

/* Would a file beside the text be held back? For one that is whole. */
bool reviews_holds_beside(const struct reviews *reviews,
			  const struct snapshot *snapshot, uint32_t text);

/*
 * Would a line of today count, if its author wrote it? FLAW_COUNT: it would.
 */
enum review_flaw reviews_would_be(const struct reviews *reviews,
				  const struct site *site, const uint8_t *blob,
				  const struct review_wait *wait, str mail,
				  enum role role);

/* The roles of today; NULL: there are none that can be read. */
const struct roles *reviews_roles(const struct reviews *reviews,
				  const struct site *site);

/* struct review_wait, by file. */
const struct list *reviews_waiting(const struct reviews *reviews);

/* Of one text, or NULL. */
const struct review_wait *reviews_wait_of(const struct reviews *reviews,
					  uint32_t file);

/* Why the line does not count; translated. */
str review_flaw_text(enum review_flaw flaw, const struct review_entry *entry,
		     struct arena *arena);

#endif
