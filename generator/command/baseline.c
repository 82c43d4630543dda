/*
 * Findings and lines of the file are brought into one order and compared side
 * by side. Of equal findings the first are the known ones.
 */
#include "command/baseline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/diag_kind.h"
#include "base/digest.h"
#include "system/folder.h"
#include "system/reason.h"

/* What a message is known by. */
struct finding {
	str path;
	uint16_t kind;
	uint64_t digest; /* of the text at its place; 0 without a place */
	size_t count;	 /* of a line of the file */
	size_t number;	 /* in the list of messages */
	uint32_t source; /* while paths are looked up */
	uint32_t start;
	uint32_t end;
};

/* --- from messages -------------------------------------------------------- */

static int compare_places(const void *left, const void *right)
{
	const struct finding *a = left;
	const struct finding *b = right;

	if (a->source != b->source)
		return a->source < b->source ? -1 : 1;
	return (a->start > b->start) - (a->start < b->start);
}

static int compare_names(const struct finding *a, const struct finding *b)
{
	int order = str_compare(a->path, b->path);

	if (order == 0)
		order = (a->kind > b->kind) - (a->kind < b->kind);
	return order != 0 ? order
			  : (a->digest > b->digest) - (a->digest < b->digest);
}

static int compare_findings(const void *left, const void *right)
{
	const struct finding *a = left;
	const struct finding *b = right;
	int order = compare_names(a, b);

	if (order == 0)
		order = (a->start > b->start) - (a->start < b->start);
	return order != 0 ? order
			  : (a->number > b->number) - (a->number < b->number);
}

static uint64_t digest_at(const struct finding *finding, str text)
{
	size_t end = finding->end < text.len ? finding->end : text.len;

	return finding->start >= end
		       ? 1
		       : digest_of(str_between(text, finding->start, end)).low;
}

/* All of one file, which is read once. */
static void fill_file(struct finding *first, const struct finding *behind,
		      const struct source_reader *reader, struct arena *arena)
{
	struct source source;
	struct arena scratch;
	str path;

	if (first->source == SOURCE_NONE)
		return;
	arena_init(&scratch);
	if (reader->read(reader->context, first->source, &source, &scratch)) {
		path = arena_copy(arena, source.path);
		for (; first < behind; first++) {
			first->path = path;
			first->digest = digest_at(first, source.text);
		}
	}
	arena_release(&scratch);
}

/* Sorted; failures are none of them. */
static struct finding *list_findings(size_t *count,
				     const struct diag_list *diags,
				     const struct source_reader *reader,
				     struct arena *arena)
{
	size_t total = diag_total(diags);
	struct finding *findings = arena_array(arena, total, sizeof(*findings));
	size_t first = 0;

	*count = 0;
	for (size_t i = 0; i < total; i++) {
		struct diag_mark mark = diag_at(diags, i);

		if (mark.level != DIAG_FAILURE)
			findings[(*count)++] =
				(struct finding){ .path = STR("-"),
						  .kind = mark.kind,
						  .number = i,
						  .source = mark.span.source,
						  .start = mark.span.start,
						  .end = mark.span.end };
	}
	qsort(findings, *count, sizeof(*findings), compare_places);
	for (size_t i = 1; i <= *count; i++)
		if (i == *count ||
		    findings[i].source != findings[first].source) {
			fill_file(findings + first, findings + i, reader,
				  arena);
			first = i;
		}
	qsort(findings, *count, sizeof(*findings), compare_findings);
	return findings;
}

/* --- the file ------------------------------------------------------------- */

static bool read_digest(uint64_t *out, str text)
{
	*out = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return false;
		*out = *out << 4 |
		       (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return text.len == 16;
}

/* A kind that this program does not have is behind the last. */
static uint16_t kind_of(str id, struct arena *arena)
{
	const struct diag_kind *kind =
		diag_kind_find(arena_c_string(arena, id));

	return (uint16_t)(kind == NULL ? diag_kind_count
				       : (size_t)(kind - diag_kinds));
}

static bool read_line(struct finding *out, str line, struct arena *arena)
{
	str parts[4];
	size_t count = 0;
	uint64_t number;

	while (count < COUNT_OF(parts) &&
	       str_split_next(&line, '\t', &parts[count]))
		count++;
	if (count < COUNT_OF(parts) || line.len > 0 || parts[0].len == 0 ||
	    !str_to_u64(&number, parts[2]) || number == 0 ||
	    !read_digest(&out->digest, parts[3]))
		return false;
	out->path = parts[0];
	out->kind = kind_of(parts[1], arena);
	out->count = (size_t)number;
	return true;
}

static bool refuse_line(struct diag_list *diags, const char *file, size_t line)
{
	struct diag *diag = diag_failure(
		diags, "baseline-line",
		_("%s:%zu: this is not a line of a baseline"), file, line);

	diag_help(diags, diag,
		  _("take back what changed the file, or write it anew with "
		    "--update-baseline"));
	return false;
}

static bool read_lines(struct list *out, str text, const char *file,
		       struct arena *arena, struct diag_list *diags)
{
	size_t number = 0;
	str line;

	list_init(out, sizeof(struct finding));
	while (str_split_next(&text, '\n', &line)) {
		struct finding known = { 0 };

		number++;
		if (line.len == 0 || line.data[0] == '#')
			continue;
		if (!read_line(&known, line, arena))
			return refuse_line(diags, file, number);
		*(struct finding *)list_add(out, arena) = known;
	}
	if (out->count > 0)
		qsort(out->items, out->count, sizeof(struct finding),
		      compare_findings);
	return true;
}

static bool read_file(struct list *out, const char *file, struct arena *arena,
		      struct diag_list *diags)
{
	struct diag *diag;
	str text;

	errno = 0;
	if (folder_read_path(&text, file, BASELINE_LIMIT, arena))
		return read_lines(out, text, file, arena, diags);
	diag = diag_failure(diags, "baseline-read",
			    _("the baseline “%s” cannot be read: %s"), file,
			    reason_text(errno == 0 ? EFBIG : errno));
	diag_help(diags, diag,
		  _("--update-baseline makes it of what is found today"));
	return false;
}

/* --- side by side --------------------------------------------------------- */

/* How many of the findings from `first` on are alike. */
static size_t count_alike(const struct finding *findings, size_t first,
			  size_t count)
{
	size_t behind = first + 1;

	while (behind < count &&
	       compare_names(&findings[behind], &findings[first]) == 0)
		behind++;
	return behind - first;
}

/* What the lines say of findings like this one; passes over those before. */
static size_t known_of(const struct list *lines, size_t *at,
		       const struct finding *finding, size_t *gone)
{
	const struct finding *items = lines->items;
	size_t count = 0;

	for (; *at < lines->count; ++*at) {
		int order = compare_names(&items[*at], finding);

		if (order > 0)
			break;
		if (order < 0)
			*gone += items[*at].count;
		else
			count += items[*at].count;
	}
	return count;
}

static bool *mark_known(struct baseline_result *out, const struct list *lines,
			const struct finding *findings, size_t count,
			size_t total, struct arena *arena)
{
	const struct finding *items = lines->items;
	bool *is_known = arena_array(arena, total, sizeof(*is_known));
	size_t at = 0;
	size_t alike;

	for (size_t i = 0; i < count; i += alike) {
		size_t known = known_of(lines, &at, &findings[i], &out->gone);

		alike = count_alike(findings, i, count);
		for (size_t j = 0; j < alike && j < known; j++)
			is_known[findings[i + j].number] = true;
		out->known += known < alike ? known : alike;
		out->gone += known > alike ? known - alike : 0;
	}
	for (; at < lines->count; at++)
		out->gone += items[at].count;
	return is_known;
}

bool baseline_apply(struct baseline_result *out, struct diag_list *diags,
		    const struct source_reader *reader, const char *file,
		    size_t limit, struct arena *arena)
{
	struct finding *findings;
	struct list lines;
	size_t count;

	*out = (struct baseline_result){ 0 };
	if (!read_file(&lines, file, arena, diags))
		return false;
	findings = list_findings(&count, diags, reader, arena);
	diag_take_out(diags,
		      mark_known(out, &lines, findings, count,
				 diag_total(diags), arena),
		      limit);
	return true;
}

/* --- writing -------------------------------------------------------------- */

static void print_lines(struct buf *out, const struct finding *findings,
			size_t count)
{
	size_t alike;

	buf_add_c(out, "# jiyue check --baseline: findings that are known. "
		       "--update-baseline writes this file anew.\n");
	for (size_t i = 0; i < count; i += alike) {
		const struct finding *finding = &findings[i];

		alike = count_alike(findings, i, count);
		if (finding->kind < diag_kind_count)
			buf_printf(out, "%.*s\t%s\t%zu\t%016llx\n",
				   STR_ARG(finding->path),
				   diag_kinds[finding->kind].id, alike,
				   (unsigned long long)finding->digest);
	}
}

bool baseline_write(size_t *count, struct diag_list *diags,
		    const struct source_reader *reader, const char *file,
		    struct arena *arena)
{
	const struct finding *findings =
		list_findings(count, diags, reader, arena);
	struct diag *diag;
	struct buf text;
	int error;

	buf_init(&text, arena);
	print_lines(&text, findings, *count);
	if (folder_put_path(file, buf_str(&text), arena))
		return true;
	error = errno;
	diag = diag_failure(diags, "baseline-write",
			    _("the baseline “%s” cannot be written: %s"), file,
			    reason_text(error));
	reason_explain(diags, diag, error);
	return false;
}
