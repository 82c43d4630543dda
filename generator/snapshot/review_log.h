/*
 * What the commits of a history say of reviews, in trailers:
 *
 *	Reviewed-by: final <zhongshen@jyj.example.cn> 3f2a…: the blob, 40 digits
 *
 * The walk follows first parents from the newest commit to the oldest; a commit
 * that a merge brought in speaks for itself nowhere, the merge does.
 *
 * Always true: entries are in the order of the commits, the oldest first, and
 * in a commit in that of its lines; they are what was written, and nobody has
 * judged them. A known log ends the walk at the commit that it was read to; one
 * that the walk does not meet (a rewritten history) is forgotten.
 */
#ifndef JIYUE_SNAPSHOT_REVIEW_LOG_H
#define JIYUE_SNAPSHOT_REVIEW_LOG_H

#include "base/list.h"
#include "base/map.h"
#include "snapshot/versions.h"

enum {
	REVIEW_COMMIT_LIMIT = 1000 * 1000,
	REVIEW_MESSAGE_LIMIT = 64 * 1024, /* bytes of a commit's message */
	REVIEW_LINE_LIMIT = 500,	  /* trailers of one commit */
};

struct review_entry {
	uint8_t commit[SNAPSHOT_ID_SIZE];
	uint8_t blob[SNAPSHOT_ID_SIZE];
	uint32_t state;	 /* of review_log.states: what counted before it */
	int64_t seconds; /* of the commit */
	str role;
	str mail;
	str author; /* the mail of the commit's author */
};

/* The settings at a commit before one that speaks of reviews. */
struct review_state {
	uint8_t commit[SNAPSHOT_ID_SIZE];
	uint8_t tree[SNAPSHOT_ID_SIZE]; /* of sites/; 0: there was none */
};

struct review_log {
	struct arena *arena;
	str revision;	      /* 40 hex digits: it is read to there; or empty */
	enum version_end end; /* why it goes back no further */
	struct list entries;  /* struct review_entry */
	struct list states;   /* struct review_state */
	size_t walked;	      /* commits that this run looked at */
	bool is_continued;    /* it came to `revision` as it was before */
	struct list seals;    /* struct review_seal */
	struct map sealed;    /* its place in them + 1, by key */
};

enum { REVIEW_SEAL_SIZE = 32 };

/* Whether a commit is signed, by a key that stands for the whole question. */
struct review_seal {
	uint8_t key[REVIEW_SEAL_SIZE];
	bool is_good;
	bool is_used; /* asked for in this run; others are not kept */
};

/* Nothing is known. */
void review_log_init(struct review_log *log, struct arena *arena);

/*
 * Goes on to the commit of the snapshot. False with a failure when the world
 * fails; a snapshot without a history has an empty log, whose `end` says so.
 */
MUST_USE bool review_log_read(struct review_log *log,
			      const struct snapshot *snapshot,
			      struct diag_list *diags);

/* A verdict that is known; false: it is not. */
bool review_log_seal(bool *is_good, struct review_log *log, str key);
void review_log_add_seal(struct review_log *log, str key, bool is_good);

/* As bytes, for a record; what cannot be unpacked is not known. */
void review_log_pack(struct buf *out, const struct review_log *log);
void review_log_unpack(struct review_log *log, str bytes);

/* Is `older` (40 hex digits) the commit `newer`, or does it lie before it? */
bool review_log_is_before(const struct snapshot *snapshot, str older,
			  str newer);

/* 20 bytes as 40 hex digits, and back: false when it is no such text. */
str review_id_text(const uint8_t *id, struct arena *arena);
MUST_USE bool review_id_read(uint8_t *out, str text);

#endif
