/*
 * The output folder, DIR: DIR/<domain>/ is a document root, DIR/.jiyue/ is
 * ours.
 *
 * This is the only code that opens output paths. Bytes that differ from what
 * stands in a document root are staged in DIR/.jiyue/new/ and renamed into
 * place when the whole site is good, so that no half or stray file is ever
 * below a document root; bytes that do not differ are not touched. A site that
 * has no document root yet is staged as a tree and appears with one rename.
 *
 * Always true: nothing outside DIR is written; one build at a time has the
 * lock; a folder that is not ours is never written to.
 */
#ifndef JIYUE_OUTPUT_OUTPUT_H
#define JIYUE_OUTPUT_OUTPUT_H

#include <stdatomic.h>

#include "base/diag.h"
#include "base/list.h"
#include "system/folder.h"
#include "system/sweep.h"

struct output {
	int root;    /* DIR */
	int state;   /* DIR/.jiyue */
	int staging; /* DIR/.jiyue/new */
	int roots;   /* DIR/.jiyue/new/roots: document roots that are made */
	int lock;
	struct arena *arena;
	atomic_bool *failed; /* a page could not be staged, which was said */
};

MUST_USE bool output_open(struct output *out, const char *directory,
			  struct arena *arena, struct diag_list *diags);
void output_close(struct output *out);

/* One thread's hand in one output folder. */
struct output_hand {
	const struct output *output;
	struct folder folder; /* below DIR */
	struct folder fresh;  /* below DIR/.jiyue/new/roots */
};

void output_hand_init(struct output_hand *hand, const struct output *output);
void output_hand_release(struct output_hand *hand);

enum output_result { OUTPUT_UNCHANGED, OUTPUT_STAGED, OUTPUT_FAILED };

/* Stages `bytes` under `number` unless DIR/<path> already has them. */
enum output_result output_stage(struct output_hand *hand, size_t number,
				str path, str bytes, struct diag_list *diags);

/* Stages `bytes` under `number`, where DIR/<path> is known to have others. */
enum output_result output_stage_changed(struct output_hand *hand, size_t number,
					str path, str bytes,
					struct diag_list *diags);

/* Stages `bytes` for DIR/<path> of a site that has no document root. */
enum output_result output_stage_fresh(struct output_hand *hand, str path,
				      str bytes, struct diag_list *diags);

/*
 * Could a page not be staged? Only the first one has a message, as the others
 * fail for the same reason; nothing may be moved then.
 */
bool output_has_failed(const struct output *output);

/* False with a failure when a link stands in the place of a document root. */
MUST_USE bool output_check_root(const struct output *output, str domain,
				struct diag_list *diags);

/* Moves the tree that was staged for a domain to DIR/<domain>. */
MUST_USE bool output_commit_fresh(const struct output *output, str domain,
				  struct diag_list *diags);

/* Moves what was staged under `number` to DIR/<path>. */
MUST_USE bool output_commit(struct output_hand *hand, size_t number, str path,
			    struct diag_list *diags);

/*
 * Removes every file below DIR/<domain> that is not planned, and the folders
 * that are empty then. `*removed` counts files.
 */
MUST_USE bool output_sweep(const struct output *output, str domain,
			   sweep_is_planned *is_planned, void *context,
			   size_t *removed, struct diag_list *diags);

/*
 * Notes domains before anything is written below them, so that the document
 * root of a build that was killed is known to be ours.
 */
MUST_USE bool output_note_domains(const struct output *output,
				  const str *domains, size_t count,
				  struct diag_list *diags);

/*
 * Removes the document roots of earlier builds whose domain is not among
 * these. Each is gone at once: a record of it is not usable any more.
 */
MUST_USE bool output_keep_domains(const struct output *output,
				  const str *domains, size_t count,
				  size_t *removed, struct diag_list *diags);

/* The document roots that stand there: a list of str. */
void output_domains(struct list *out, const struct output *output);

/* Removes DIR/<path> and the folders that are empty then; missing is fine. */
MUST_USE bool output_remove(struct output_hand *hand, str path,
			    struct diag_list *diags);

/*
 * Writes DIR/.jiyue/<name> unless it has these bytes already; then `*changed`
 * stays as it is.
 */
MUST_USE bool output_put_own(const struct output *output, const char *name,
			     str bytes, bool *changed, struct diag_list *diags);

/*
 * Everything that was written and moved is on the disk when this returns, so
 * that a record that says so may be written; a power cut cannot make it lie.
 */
MUST_USE bool output_sync(const struct output *output, struct diag_list *diags);

/*
 * Asks for what was staged so far to be brought to the disk; for a thread
 * beside others, so that output_sync has less to wait for. Promises nothing.
 */
void output_sync_early(const struct output *output);

/* Is DIR/<path> a file of this size? */
bool output_has_file(const struct output *output, str path, uint64_t size);

/* Is there a document root of this domain? */
bool output_has_site(const struct output *output, str domain);

/*
 * The bytes of DIR/<path>, for checks that read back what was written. When
 * there is such a file and it cannot be read, that is a failure; false without
 * one means that nothing is there.
 */
MUST_USE bool output_read(str *out, const struct output *output, str path,
			  struct arena *arena, struct diag_list *diags);

/* The bytes that are staged for DIR/<path> of a site without document root. */
MUST_USE bool output_read_fresh(str *out, const struct output *output, str path,
				struct arena *arena, struct diag_list *diags);

/* The bytes that are staged under `number`. */
MUST_USE bool output_read_staged(str *out, const struct output *output,
				 size_t number, struct arena *arena,
				 struct diag_list *diags);

#endif
