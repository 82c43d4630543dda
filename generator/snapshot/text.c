/*
 * Nearly every file is good UTF-8 with plain line ends, which one pass finds;
 * then the bytes are the text and nothing is copied. Only when something is
 * wrong is it guessed what: by marks, by zeros, and by whether the characters
 * would be common ones in GB 18030.
 */
#include "snapshot/text.h"

#include "base/merge_marker.h"
#include "base/unicode.h"
#include "base/unsafe_text.h"
#include "snapshot/snapshot.h"

#include <string.h>

static struct diag *report(const struct source *source, size_t at,
			   const char *id, const char *message,
			   struct diag_list *diags)
{
	struct span span = { source->number, (uint32_t)at, (uint32_t)at + 1 };
	struct diag *diag = diag_error(diags, span, id, "%s", message);

	diag->path = source->path;
	return diag;
}

static void help_save(struct diag_list *diags, struct diag *diag)
{
	diag_help(diags, diag, "%s",
		  _("save it as UTF-8: editors call this the encoding"));
}

/* What programs beside Git put in the place of a file. */
enum pointer_kind { POINTER_LFS, POINTER_ANNEX, POINTER_CRYPT };

static const struct {
	size_t limit; /* of its bytes; that of Git LFS is its own */
	const char *id;
	const char *message;
	const char *help;
} pointers[] = {
	[POINTER_LFS] = {
		1024, "snapshot-lfs",
		N_("the repository has a pointer of Git LFS in the place of "
		   "this file"),
		N_("commit the file itself: git lfs migrate export "
		   "--include=\"*\" --everything, or git lfs untrack and git "
		   "add --renormalize"),
	},
	[POINTER_ANNEX] = {
		4096, "snapshot-annex",
		N_("the repository has a pointer of git-annex in the place of "
		   "this file"),
		N_("commit the file itself: git annex get, git annex unannex, "
		   "then git add"),
	},
	[POINTER_CRYPT] = {
		SIZE_MAX, "snapshot-encrypted",
		N_("the file is encrypted by git-crypt, so nobody can read it"),
		N_("what is published is not secret: take the file out of the "
		   "filter in .gitattributes and commit it once more"),
	},
};

/* Git LFS was called Hawser and Git Media before. */
static const struct {
	str text;
	enum pointer_kind kind;
} pointer_starts[] = {
	{ { "version https://git-lfs.github.com/spec/", 40 }, POINTER_LFS },
	{ { "version https://hawser.github.com/spec/", 39 }, POINTER_LFS },
	{ { "version http://git-media.io/v/", 30 }, POINTER_LFS },
	{ { "/annex/objects/", 15 }, POINTER_ANNEX },
	{ { "\0GITCRYPT\0", 10 }, POINTER_CRYPT },
};

bool snapshot_is_file(size_t file, str data, struct diag_list *diags)
{
	struct span span = { (uint32_t)file, 0, 0 };

	for (size_t i = 0; i < COUNT_OF(pointer_starts); i++) {
		enum pointer_kind kind = pointer_starts[i].kind;

		if (data.len >= pointers[kind].limit ||
		    !str_starts_with(data, pointer_starts[i].text))
			continue;
		diag_help(diags,
			  diag_error(diags, span, pointers[kind].id, "%s",
				     _(pointers[kind].message)),
			  "%s", _(pointers[kind].help));
		return false;
	}
	return true;
}

/*
 * UTF-16 has a byte order mark, or, beginning with an ASCII character, a NUL
 * in every other byte that is one.
 */
static bool is_utf16(str data)
{
	static const char marks[][2] = { { '\xff', '\xfe' },
					 { '\xfe', '\xff' } };
	size_t parity;

	if (data.len < 2)
		return false;
	if (memcmp(data.data, marks[0], 2) == 0 ||
	    memcmp(data.data, marks[1], 2) == 0)
		return true;
	if (data.len % 2 != 0 || (data.data[0] == 0) == (data.data[1] == 0))
		return false;
	parity = data.data[0] == 0 ? 0 : 1;
	for (size_t i = 0; i < data.len; i++) {
		if (data.data[i] == 0 && i % 2 != parity)
			return false;
	}
	return true;
}

/* Bytes of the GB18030 character at `at`: 1, 2, 4; 0 when there is none. */
static size_t gb18030_length(str data, size_t at)
{
	const unsigned char *byte = (const unsigned char *)data.data + at;
	size_t left = data.len - at;

	if (byte[0] < 0x80)
		return 1;
	if (!byte_is_between(byte[0], 0x81, 0xfe) || left < 2)
		return 0;
	if (byte_is_between(byte[1], 0x40, 0xfe) && byte[1] != 0x7f)
		return 2;
	if (left >= 4 && byte_is_between(byte[1], 0x30, 0x39) &&
	    byte_is_between(byte[2], 0x81, 0xfe) &&
	    byte_is_between(byte[3], 0x30, 0x39))
		return 4;
	return 0;
}

/*
 * GB18030 accepts nearly any bytes. In Chinese prose most characters are the
 * common ones of GB 2312's first level, rows B0 to D7; elsewhere few are.
 */
static bool is_gb18030(str data)
{
	size_t characters = 0;
	size_t common = 0;
	size_t length;

	for (size_t at = 0; at < data.len; at += length) {
		length = gb18030_length(data, at);
		if (length == 0)
			return false;
		if (length == 1)
			continue;
		characters++;
		common += length == 2 &&
			  byte_is_between((unsigned char)data.data[at], 0xb0,
					  0xd7) &&
			  byte_is_between((unsigned char)data.data[at + 1],
					  0xa1, 0xfe);
	}
	return characters > 1 && common * 2 > characters;
}

static bool check_encoding(const struct source *source, struct diag_list *diags)
{
	str text = source->text;
	size_t nul = str_find_byte(text, '\0');
	size_t invalid = unicode_invalid_at(text);
	const char *message;

	if (nul == STR_NONE && invalid == STR_NONE)
		return true;
	if (is_utf16(text)) {
		help_save(diags,
			  report(source, 0, "snapshot-utf16",
				 _("the file looks like UTF-16"), diags));
	} else if (nul != STR_NONE) {
		diag_help(diags,
			  report(source, nul, "snapshot-binary",
				 _("the file has a NUL byte, so it is no text"),
				 diags),
			  "%s",
			  _("give a picture or a document its own file name "
			    "extension"));
	} else {
		message = is_gb18030(text)
				  ? _("the file is not UTF-8, it looks like "
				      "GBK or GB18030")
				  : _("the file is not UTF-8");
		help_save(diags, report(source, invalid, "snapshot-encoding",
					message, diags));
	}
	return false;
}

static str with_line_feeds(str text, struct arena *arena)
{
	char *data;
	size_t len = 0;

	if (str_find_byte(text, '\r') == STR_NONE)
		return text;
	data = arena_alloc(arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.data[i];

		if (byte == '\r') {
			if (i + 1 < text.len && text.data[i + 1] == '\n')
				continue;
			byte = '\n';
		}
		data[len++] = byte;
	}
	return (str){ data, len };
}

/* What is no text, so that its places can be shown: "?" for what cannot be. */
static str for_showing(str data, struct arena *arena)
{
	char *shown = arena_array(arena, data.len + 1, 1);
	size_t at = 0;

	if (data.len > 0)
		memcpy(shown, data.data, data.len);
	while (at < data.len) {
		size_t bad = unicode_invalid_at(str_from(data, at));

		if (bad == STR_NONE)
			break;
		shown[at + bad] = '?';
		at += bad + 1;
	}
	for (at = 0; at < data.len; at++)
		if (shown[at] == '\0')
			shown[at] = '?';
	return (str){ shown, data.len };
}

/* One look at the bytes finds that there is nothing to say of most files. */
bool text_decode(struct source *out, str data, struct arena *arena,
		 struct diag_list *diags)
{
	str text;
	bool is_whole;

	if (str_starts_with(data, STR("\xef\xbb\xbf")))
		data = str_from(data, 3);
	text = with_line_feeds(data, arena);
	out->text = text;
	if (!snapshot_is_file(out->number, data, diags))
		return false;
	if (unicode_unsafe_at(text, 0) == STR_NONE)
		return merge_marker_check(out, diags);
	out->text = data; /* as it is in the file */
	if (!check_encoding(out, diags)) {
		out->text = for_showing(data, arena);
		return false;
	}
	out->text = text;
	is_whole = merge_marker_check(out, diags);
	return unsafe_text_check(out, diags) && is_whole;
}
