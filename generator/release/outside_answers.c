#include "release/outside_answers.h"

#include <errno.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/map.h"
#include "base/buf.h"
#include "system/folder.h"
#include "system/reason.h"

/* As the file has them; the order is that of the enum. */
static const char *const names[] = { "unasked",	 "good",     "gone",
				     "broken",	 "troubled", "private",
				     "forbidden" };

static bool find_answer(enum outside_answer *out, str name)
{
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_equal_c(name, names[i])) {
			*out = (enum outside_answer)i;
			return true;
		}
	return false;
}

/* "12345"; -1: it is no number. */
static int64_t read_number(str text)
{
	enum { DIGITS = 15 };
	int64_t number = 0;

	if (text.len == 0 || text.len > DIGITS)
		return -1;
	for (size_t i = 0; i < text.len; i++) {
		if (!byte_is_digit(text.data[i]))
			return -1;
		number = number * 10 + (text.data[i] - '0');
	}
	return number;
}

static bool is_fresh(const struct outside_address *answer, int64_t now)
{
	int64_t days = answer->answer == OUTSIDE_GOOD ? OUTSIDE_GOOD_DAYS
						      : OUTSIDE_BAD_DAYS;

	/* one of tomorrow is of a clock that was wrong */
	return answer->asked_at <= now &&
	       now - answer->asked_at < days * SECONDS_A_DAY;
}

static bool read_line(struct outside_address *out, str line)
{
	str time, name, status;

	if (!str_split_next(&line, '\t', &time) ||
	    !str_split_next(&line, '\t', &name) ||
	    !str_split_next(&line, '\t', &status) || line.len == 0 ||
	    !find_answer(&out->answer, name))
		return false;
	out->asked_at = read_number(time);
	out->status = (long)read_number(status);
	out->href = line;
	out->is_kept = true;
	return out->asked_at >= 0 && out->status >= 0;
}

void outside_answers_read(struct outside_address *addresses, size_t count,
			  const char *file, int64_t now, struct arena *arena)
{
	struct map known;
	str text, line;

	map_init(&known, arena);
	if (!folder_read_path(&text, file, OUTSIDE_FILE_LIMIT, arena))
		return;
	while (str_split_next(&text, '\n', &line)) {
		struct outside_address *answer =
			arena_alloc(arena, sizeof(*answer));

		if (read_line(answer, line) && is_fresh(answer, now))
			map_set(&known, answer->href, answer);
	}
	for (size_t i = 0; i < count; i++) {
		const struct outside_address *answer =
			map_get(&known, addresses[i].href);

		if (answer != NULL)
			addresses[i] = *answer;
	}
}

static int compare_addresses(const void *left, const void *right)
{
	const struct outside_address *const *a = left;
	const struct outside_address *const *b = right;

	return str_compare((*a)->href, (*b)->href);
}

static str lines_of(const struct outside_address *addresses, size_t count,
		    struct arena *arena)
{
	const struct outside_address **sorted =
		arena_array(arena, count, sizeof(*sorted));
	struct buf out;

	for (size_t i = 0; i < count; i++)
		sorted[i] = &addresses[i];
	if (count > 0)
		qsort(sorted, count, sizeof(*sorted), compare_addresses);
	buf_init(&out, arena);
	for (size_t i = 0; i < count; i++) {
		const struct outside_address *address = sorted[i];

		if (address->asked_at == 0 ||
		    (i > 0 && str_equal(address->href, sorted[i - 1]->href)))
			continue;
		buf_printf(&out, "%lld\t%s\t%ld\t%.*s\n",
			   (long long)address->asked_at, names[address->answer],
			   address->status, STR_ARG(address->href));
	}
	return buf_str(&out);
}

bool outside_answers_write(const struct outside_address *addresses,
			   size_t count, const char *file, struct arena *arena,
			   struct diag_list *diags)
{
	struct diag *diag;
	int error;

	if (folder_put_path(file, lines_of(addresses, count, arena), arena))
		return true;
	error = errno;
	diag = diag_failure(diags, "outside-answers",
			    _("the file of answers “%s” cannot be written: "
			      "%s"),
			    file, reason_text(error));
	reason_explain(diags, diag, error);
	return false;
}
