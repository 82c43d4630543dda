/*
 * What files may be published beside a text, or by a theme: one row for every
 * kind, with its extension, its MIME type and how its bytes look.
 *
 * Always true: a kind is known by its extension (the last one, in any case) and
 * proven by its bytes; what a browser or a server would run is no kind, and no
 * platform can make it one.
 *
 * Decisions: a name with an extension in it that servers or browsers run
 * ("a.php.pdf", "a.html.et") is refused wherever it stands, because some
 * servers go by any of them, or by the one before when they do not know the
 * last. A picture may have any bytes behind its signature: with its own type
 * and "nosniff" (README.md) nobody reads them as HTML. A platform allows more
 * kinds out of a closed list: what runs somewhere is more than any list has.
 */
#ifndef JIYUE_MARKUP_FILE_KIND_H
#define JIYUE_MARKUP_FILE_KIND_H

#include "base/str.h"

/* The first bytes of a file, which are all that is looked at. */
enum { FILE_HEAD = 4096 };

/* How the bytes of a kind look; the signatures are in file_kind.c. */
enum file_look {
	LOOK_OFFICE_OLD, /* OLE of Office and WPS, or one of the next two */
	LOOK_OFFICE,	 /* ZIP, or OLE when it has a password */
	LOOK_RTF,
	LOOK_ZIP,
	LOOK_PDF,
	LOOK_JPEG,
	LOOK_PNG,
	LOOK_GIF,
	LOOK_WEBP,
	LOOK_AVIF,
	LOOK_BMP,
	LOOK_TIFF,
	LOOK_ICO,
	LOOK_MP3,
	LOOK_MP4,
	LOOK_WAV,
	LOOK_OGG,
	LOOK_FLAC,
	LOOK_AAC,
	LOOK_MATROSKA,
	LOOK_AVI,
	LOOK_ASF,
	LOOK_FLV,
	LOOK_MPEG,
	LOOK_RAR,
	LOOK_7Z,
	LOOK_GZIP,
	LOOK_BZIP2,
	LOOK_XZ,
	LOOK_TAR,
	LOOK_FONT,
	LOOK_TEXT, /* from here on no signatures */
	LOOK_JSON,
	LOOK_SVG,
	LOOK_XML,
	LOOK_UNKNOWN, /* a platform's own kind */
};

struct file_kind {
	const char *extension; /* small letters */
	const char *mime;
	enum file_look look;
	bool is_optional; /* only where the platform allows it */
};

/* What may be published beside a text. */
extern const struct file_kind file_kinds[];
extern const size_t file_kind_count;

/*
 * Of everything that a site has: pages, what themes are made of, and what is
 * published beside texts. Goes from *i = 0 on through all of them, each
 * extension once; NULL behind the last.
 */
const struct file_kind *file_kind_next(size_t *i);

/* By extension, small or not; NULL when a site has no such file. */
const char *file_kind_mime(str extension);

/* What a platform allows beside the table: extensions, in small letters. */
struct file_allowance {
	const str *extensions;
	size_t count;
};

/* What is wrong with the name of a file that shall be published. */
enum file_name {
	FILE_NAME_FITS,
	FILE_NAME_SETTINGS, /* of a server */
	FILE_NAME_ACTIVE,   /* a browser or a computer runs it */
	FILE_NAME_SERVED,   /* servers run it; its extension may be inside */
	FILE_NAME_INSIDE,   /* a browser runs what an extension inside says */
	FILE_NAME_BARE,	    /* no extension */
	FILE_NAME_UNKNOWN,
};

/* The last extension without its dot, or empty. */
str file_extension(str name);

/* `out` is set when the name fits. */
enum file_name file_name_judge(struct file_kind *out, str name,
			       const struct file_allowance *allowed);

/* The same of an asset of a theme; its kinds are others. */
enum file_name file_name_judge_asset(struct file_kind *out, str name);

/* Do the first bytes fit? `head` is the whole of a shorter file. */
bool file_bytes_fit(enum file_look look, str head);

/* The extension of what the bytes look like, or empty. */
str file_bytes_guess(str head);

/* Whether a platform may allow the extension, in small letters. */
bool file_extension_may_be_allowed(str extension);

#endif
