/*
 * What a finished page leads to, which places it has, which tags (网页标签) it
 * has, and which of them say something else than it shows: all that a check
 * reads of its HTML (audit/page_links.h).
 *
 * Always true: it is a function of the bytes alone, so whoever knows their
 * SHA-256 need not read them again.
 */
#ifndef JIYUE_AUDIT_PAGE_MARKS_H
#define JIYUE_AUDIT_PAGE_MARKS_H

#include "base/buf.h"

/* Tags of a text that stand in the page for readers, too (rules.md B.3). */
enum page_tag {
	PAGE_TAG_TITLE,
	PAGE_TAG_DATE,
	PAGE_TAG_SOURCE,
	PAGE_TAG_STAMP, /* of what is archived */
	PAGE_TAG_ARCHIVED,
	PAGE_TAG_VALIDITY, /* of a document that does not hold any more */
	PAGE_TAG_MAP,	   /* the approval number of a map */
	PAGE_TAG_COUNT
};

extern const char *const page_tag_names[PAGE_TAG_COUNT];

/* What the head of a page has to say, by what page it is (rules.md B.1). */
enum page_label {
	LABEL_SITE_NAME,
	LABEL_SITE_DOMAIN,
	LABEL_SITE_CODE,
	LABEL_COLUMN_NAME,
	LABEL_COLUMN_TYPE,
	LABEL_ARTICLE_TITLE,
	LABEL_PUB_DATE, /* as YYYY-MM-DD HH:MM */
	LABEL_CONTENT_SOURCE,
	LABEL_VIEWPORT,
	LABEL_LANGUAGE, /* an attribute of the page itself */
	LABEL_STAMP,	/* of a page of what is archived */
	LABEL_ARCHIVED,
	PAGE_LABEL_COUNT
};

_Static_assert(PAGE_LABEL_COUNT <= 32, "sets of labels have 32 bits");

extern const char *const page_label_names[PAGE_LABEL_COUNT];

struct page_marks {
	uint32_t size;	 /* bytes of the page */
	uint32_t labels; /* bit set of enum page_label: those that it has */
	/* what a tag says that the page does not show; empty: it does */
	str unshown[PAGE_TAG_COUNT];
	const uint64_t *ids; /* page_mark_id of each, sorted */
	size_t id_count;
	const str *links; /* as written, without blanks around; each once */
	size_t link_count;
};

uint64_t page_mark_id(str id);
bool page_marks_have(const struct page_marks *marks, uint64_t id);

/* What stays is in the arena; HTML that breaks off is read as far as it goes.
 */
void page_marks_read(struct page_marks *out, str html, struct arena *arena,
		     struct arena *scratch);

/*
 * As bytes. Pages that stand behind each other have head and foot alike, so
 * only what differs from the page `before` is written; of the first page of a
 * row it is empty. Texts are slices of the bytes, or of those before.
 */
void page_marks_pack(struct buf *out, const struct page_marks *marks,
		     const struct page_marks *before);
MUST_USE bool page_marks_unpack(struct page_marks *out, str *rest,
				const struct page_marks *before,
				struct arena *arena);

#endif
