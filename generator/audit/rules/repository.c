/*
 * Keys in any file of the library (rules.md R-SEC-02): whoever can read the
 * repository has them, whether a page shows them or not. Texts are looked at by
 * secrets.c with their place; here it is all other files, by the words that
 * keys begin with. Files larger than any key are not read.
 */
#include "audit/rule.h"
#include "snapshot/snapshot.h"

rule_function rule_secret_file;

enum { KEY_LIMIT = 64 * 1024 };

static const char *const beginnings[] = {
	"-----BEGIN RSA PRIVATE KEY-----",
	"-----BEGIN DSA PRIVATE KEY-----",
	"-----BEGIN EC PRIVATE KEY-----",
	"-----BEGIN OPENSSH PRIVATE KEY-----",
	"-----BEGIN PRIVATE KEY-----",
	"-----BEGIN ENCRYPTED PRIVATE KEY-----",
	"-----BEGIN PGP PRIVATE KEY BLOCK-----",
	"PuTTY-User-Key-File-",
};

/* Pictures and documents hold none in plain words; texts have their own rule.
 */
static bool is_looked_at(str path)
{
	static const char *const others[] = { ".md",  ".jpg",  ".jpeg", ".png",
					      ".gif", ".webp", ".svg",	".pdf",
					      ".css", ".html", ".js" };

	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (str_ends_with(path, str_from_c(others[i])))
			return false;
	return true;
}

/* At the beginning of a line: a manual that shows one in its midst is no key.
 */
static bool has_key(size_t *start, size_t *end, str text)
{
	for (size_t i = 0; i < COUNT_OF(beginnings); i++) {
		str words = str_from_c(beginnings[i]);
		size_t at = str_find(text, words);

		if (at == STR_NONE || (at > 0 && text.data[at - 1] != '\n'))
			continue;
		*start = at;
		*end = at + words.len;
		return true;
	}
	return false;
}

static void look_at(size_t file, struct snapshot_reader *reader,
		    struct arena *arena, struct finding_log *log)
{
	struct diag_list untold; /* what is no text is no key either */
	struct source source;
	size_t start, end, size;

	diag_list_init(&untold, arena);
	if (!snapshot_size(&size, reader, file, &untold) || size > KEY_LIMIT ||
	    !snapshot_read_text(&source, reader, file, arena, &untold) ||
	    !has_key(&start, &end, source.text))
		return;
	diag_help(log->diags,
		  finding_add(log, span_of(&source, start, end), "%s",
			      _("a key stands in the library")),
		  "%s",
		  _("have it changed at once: whoever has the library has it; "
		    "then take it out"));
}

void rule_secret_file(const struct rule_input *input, struct finding_log *log)
{
	const struct snapshot *snapshot = input->plan->snapshot;
	struct snapshot_reader *reader =
		snapshot_reader_open(snapshot, log->diags);
	struct arena arena;

	if (reader == NULL)
		return;
	arena_init(&arena);
	for (size_t i = 0; i < snapshot->count; i++) {
		if (!is_looked_at(snapshot_path(snapshot, i)))
			continue;
		look_at(i, reader, &arena, log);
		arena_reset(&arena);
	}
	arena_release(&arena);
	snapshot_reader_close(reader);
}
