/*
 * Markdown to HTML: cmark's tree, with tables, footnotes, task lists and
 * strikethrough of our own pass over it, and everything a page needs to know
 * of the body.
 *
 * Always true: the HTML is safe (raw HTML went through markup/html.h), has no
 * inline script or style, and no two ids are the same; time is linear in the
 * length of the body, whatever its shape (a guard stands before cmark).
 */
#ifndef JIYUE_MARKUP_MARKDOWN_H
#define JIYUE_MARKUP_MARKDOWN_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "markup/anchors.h"

struct markdown_heading {
	int level; /* 2 to 6 */
	str id;
	str text; /* plain */
};

/* What a link or an image in the body points to, once resolved. */
struct markdown_target {
	str address;	 /* what href or src becomes */
	bool is_outside; /* ask before leaving */
	str note; /* shown behind the link: "(PDF，1.2 MB)"; may be empty */
	str download;	/* file name for attachments; may be empty */
	str text;	/* given: what the link reads as; empty of others */
	uint32_t width; /* of a picture, in pixels; 0: not known */
	uint32_t height;
	str small; /* smaller ones of it, for `srcset`; may be empty */
};

/*
 * Resolves a destination as written. `span` is its place in the source.
 * Returns false when it records an error; the link is then left out and its
 * text stays.
 */
typedef bool markdown_resolve(void *context, struct markdown_target *out,
			      str destination, bool is_image, struct span span,
			      struct diag_list *diags);

/* May this page, shown inside the page by raw HTML, be kept as a link? */
typedef bool markdown_frame(void *context, str address);

struct markdown_options {
	markdown_resolve *resolve; /* not called for "#…" */
	markdown_frame *frame;	   /* NULL: none may */
	void *context;
	bool raw_html; /* false: raw HTML is an error (default in library);
			* comments are always left out */
	str footnotes_title; /* "注释": heading of the footnotes */
	str footnote_back;   /* "返回正文": label of the way back */
	str leave_prefix;    /* id prefix of leave-site notices, "leave-" */
	str table_label;     /* "表格": what a table that scrolls is called */
	str task_done;	     /* "已完成": label of a ticked box */
	str task_open;	     /* "未完成" */
	str frame_label;     /* "观看视频": a player without a title */
	/* "说明", "提示", "重要", "注意", "警告": callouts, in the order of
	 * enum markdown_callout_kind */
	str callouts[5];
	const str *reserved_ids; /* ids that the page itself uses */
	size_t reserved_id_count;
	size_t memory; /* bytes that it may take; 0: MARKDOWN_MEMORY_LIMIT */
	bool quiet; /* nobody hears hints and remarks: they are not looked for,
		       and the text for summaries is not made */
	bool plain; /* CommonMark alone: no ids, figures and rules of ours */
};

/* An outside link that needs a notice (in order, each address once). */
struct markdown_outside {
	str id; /* of the notice: leave-1 … */
	str address;
};

struct markdown {
	str html;
	str text; /* plain text of the first 400 characters, for summaries */
	const struct markdown_heading *headings; /* table of contents */
	size_t heading_count;
	const struct markdown_outside *outside;
	size_t outside_count;
	str first_image;	/* resolved address, or empty */
	struct anchors anchors; /* what links to the page may lead to */
};

/*
 * Bytes [start, end of text) of a source: parsed when they are written first,
 * and written as often as somebody needs them, each time with links of his own.
 * Lives in the arena, but for what markdown_end gives back.
 */
struct markdown_reading {
	const struct source *source;
	size_t start;
	struct arena *arena;
	struct markdown_tree *tree;
	bool is_read, is_good;
};

void markdown_begin(struct markdown_reading *reading,
		    const struct source *source, size_t start,
		    struct arena *arena);
/* What was written stays. */
void markdown_end(struct markdown_reading *reading);

/*
 * Every mistake is recorded, those of parsing by the first who writes, whose
 * `plain` and `memory` count; false means that nothing could be rendered: a
 * limit of markdown_guard.h was passed.
 */
MUST_USE bool markdown_write(struct markdown *out,
			     struct markdown_reading *reading,
			     const struct markdown_options *options,
			     struct diag_list *diags);

/* All three, for what is written once. */
MUST_USE bool markdown_render(struct markdown *out, const struct source *source,
			      size_t start,
			      const struct markdown_options *options,
			      struct arena *arena, struct diag_list *diags);

/*
 * Whether markdown_render would give a page for the text, whatever the page's
 * links lead to. What stands in the way is recorded.
 */
MUST_USE bool markdown_check(const struct source *source, size_t start,
			     struct arena *arena, struct diag_list *diags);

#endif
