/*
 * Our own format; check.schema.json says what each member is. Members may be
 * added; none goes or changes its meaning within one number before the first
 * dot of the version.
 */
#include <string.h>

#include "audit/catalogue.h"
#include "audit/rule.h"
#include "markup/json_writer.h"
#include "report/owner.h"
#include "report/report.h"

/* What is not known is null, so that every message has all members. */
static void member_text(struct json_writer *json, const char *key, str text)
{
	json_key(json, key);
	if (text.len > 0)
		json_text(json, text);
	else
		json_nothing(json);
}

static void member_number(struct json_writer *json, const char *key,
			  size_t number)
{
	json_key(json, key);
	if (number > 0)
		json_number(json, (int64_t)number);
	else
		json_nothing(json);
}

static void write_place(struct json_writer *json,
			const struct report_message *message)
{
	member_text(json, "path", message->path);
	member_number(json, "line", message->start.line);
	member_number(json, "column", message->start.column);
	json_key(json, "end");
	if (message->end.line == 0) {
		json_nothing(json);
		return;
	}
	json_open_object(json);
	member_number(json, "line", message->end.line);
	member_number(json, "column", message->end.column);
	json_close_object(json);
}

/* What is said of a kind of message, looked up once. */
struct kind_basis {
	str basis;	    /* empty: none */
	struct list checks; /* const char *: ids of the catalogue */
};

struct writing {
	struct json_writer json;
	const struct report *report;
	struct map kinds; /* struct kind_basis by id */
	struct buf hex;
};

static void fill_basis(struct kind_basis *out, const char *id,
		       struct arena *arena)
{
	out->basis = STR("");
	for (size_t i = 0; i < rule_count; i++)
		if (strcmp(rules[i].id, id) == 0 && rules[i].basis[0] != '\0')
			out->basis = str_from_c(_(rules[i].basis));
	list_init(&out->checks, sizeof(const char *));
	for (size_t i = 0; i < catalogue_count; i++)
		if (catalogue_has(&catalogue[i], id))
			*(const char **)list_add(&out->checks, arena) =
				catalogue[i].id;
}

static const struct kind_basis *basis_of(struct writing *writing,
					 const char *id)
{
	struct arena *arena = writing->hex.arena;
	struct kind_basis *basis = map_get(&writing->kinds, str_from_c(id));

	if (basis != NULL)
		return basis;
	basis = arena_alloc(arena, sizeof(*basis));
	fill_basis(basis, id, arena);
	map_add(&writing->kinds, str_from_c(id), basis);
	return basis;
}

/* The article or standard, and the checks of the catalogue that it decides. */
static void write_basis(struct writing *writing, const char *id)
{
	const struct kind_basis *basis = basis_of(writing, id);
	const char *const *checks = basis->checks.items;

	member_text(&writing->json, "basis", basis->basis);
	json_key(&writing->json, "checks");
	json_open_array(&writing->json);
	for (size_t i = 0; i < basis->checks.count; i++)
		json_text(&writing->json, str_from_c(checks[i]));
	json_close_array(&writing->json);
}

static void write_owner(struct json_writer *json, const struct report *report,
			const struct report_message *message)
{
	struct finding_owner owner = { NULL, NULL };

	if (report->arrangement != NULL)
		owner = finding_owner(report->arrangement, message->path,
				      message->diag->span);
	member_text(json, "site",
		    owner.site == NULL ? STR("") : owner.site->id);
	member_text(json, "section",
		    owner.column == NULL ? STR("") : owner.column->path);
}

static void write_message(struct writing *writing,
			  const struct report_message *message)
{
	struct json_writer *json = &writing->json;
	struct buf *hex = &writing->hex;
	const struct diag *diag = message->diag;
	bool is_changed = diag->given != diag->level;

	json_open_object(json);
	json_member_text(json, "id", str_from_c(diag->id));
	json_member_text(json, "severity", str_from_c(report_level(message)));
	json_member_text(json, "message", diag->message);
	member_text(json, "help", diag->help);
	member_text(json, "cost",
		    message->cost == NULL ? STR("")
					  : str_from_c(message->cost));
	write_basis(writing, diag->id);
	write_owner(json, writing->report, message);
	write_place(json, message);
	json_member_truth(json, "lowered",
			  is_changed && diag->level == DIAG_WARNING);
	json_member_truth(json, "raised",
			  is_changed && diag->level == DIAG_ERROR);
	hex->len = 0;
	digest_print(hex, message->fingerprint);
	json_member_text(json, "fingerprint", buf_str(hex));
	json_close_object(json);
}

static void write_counts(struct json_writer *json, const struct report *report)
{
	json_key(json, "counts");
	json_open_object(json);
	json_member_number(json, "errors", (int64_t)report->errors);
	json_member_number(json, "warnings", (int64_t)report->warnings);
	json_member_number(json, "lowered", (int64_t)report->lowered);
	json_member_number(json, "raised", (int64_t)report->raised);
	json_close_object(json);
}

void report_write_json(struct buf *out, const struct report *report)
{
	struct writing writing = { .report = report };
	struct json_writer *json = &writing.json;

	buf_init(&writing.hex, out->arena);
	map_init(&writing.kinds, out->arena);
	json_begin(json, out);
	json_open_object(json);
	json_member_text(json, "program", STR("jiyue"));
	json_member_text(json, "version", STR(JIYUE_VERSION));
	json_key(json, "messages");
	json_open_array(json);
	for (size_t i = 0; i < report->count; i++) {
		write_message(&writing, &report->messages[i]);
		report_pass_on(report, out);
	}
	json_close_array(json);
	write_counts(json, report);
	json_member_number(json, "exit", report->exit_code);
	json_close_object(json);
	json_end(json);
	buf_add_byte(out, '\n');
}
