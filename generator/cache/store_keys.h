/*
 * Everything that the record of a build has, by kind of value: the first byte
 * of a key of cache/store.h. One list, so that no two meet.
 */
#ifndef JIYUE_CACHE_STORE_KEYS_H
#define JIYUE_CACHE_STORE_KEYS_H

enum store_kind {
	STORE_METADATA = 'm',	     /* a chunk; library/metadata_cache.h */
	STORE_METADATA_LIST = 'c',   /* "chunks": names of all of them */
	STORE_HISTORY = 'h',	     /* "history"; record/history_record.h */
	STORE_VERSIONS = 'e',	     /* "versions"; record/version_record.h */
	STORE_REDIRECTS = 'y',	     /* a domain; pipeline/redirect_file.c */
	STORE_REVIEWS = 'r',	     /* "reviews"; record/review_record.h */
	STORE_PLAN_IMAGE = 'i',	     /* an array; record/plan_image.h */
	STORE_PLAN_SUMS = 's',	     /* checksums of the blocks of one */
	STORE_LAST_BUILD = 'l',	     /* "last"; record/last_build.h */
	STORE_STANDING = 'b',	     /* "standing"; record/standing.h */
	STORE_ANCHORS = 'a',	     /* a path of content/; record/commit.c */
	STORE_FILES = 'f',	     /* a byte; library/attachments.h */
	STORE_FINDINGS = 'n',	     /* a group; library/findings.h */
	STORE_SITE_PAGES = 'p',	     /* a domain; plan/build_record.h */
	STORE_SITE_PAGE_CHUNK = 'q', /* a chunk of a domain's pages */
	STORE_PROOFS = 'g',	     /* a domain; record/proof_record.h */
	STORE_SITE_PENDING = 'w',    /* a domain; record/commit.h */
	STORE_CHUNKS =
		'd', /* a list; names of its chunks: cache/chunk_pass.h */
	STORE_JUDGED = 'j',	     /* a chunk of subjects; audit/judge.c */
	STORE_EXTRACTS = 'x',	     /* the same; library/extract_chunk.h */
	STORE_ATTACHMENT_TEXT = 't', /* a blob id; audit/attachment_text.h */
	STORE_PAGE_MARKS = 'k',	     /* a chunk of pages; audit/page_marks.h */
	STORE_KEPT_BYTES = 'o',	     /* "index"; cache/kept_bytes.h */
	STORE_VERSION = 'v',	     /* "version"; cache/store.c itself */
};

#endif
