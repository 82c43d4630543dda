/*
 * Our own format; check.schema.json says what each member is. Members may be
 * added; none goes or changes its meaning within one number before the first
 * dot of the version.
 */
#include "markup/json_writer.h"
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

static void write_message(struct json_writer *json,
			  const struct report_message *message, struct buf *hex)
{
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
	struct json_writer json;
	struct buf hex;

	buf_init(&hex, out->arena);
	json_begin(&json, out);
	json_open_object(&json);
	json_member_text(&json, "program", STR("jiyue"));
	json_member_text(&json, "version", STR(JIYUE_VERSION));
	json_key(&json, "messages");
	json_open_array(&json);
	for (size_t i = 0; i < report->count; i++) {
		write_message(&json, &report->messages[i], &hex);
		report_pass_on(report, out);
	}
	json_close_array(&json);
	write_counts(&json, report);
	json_member_number(&json, "exit", report->exit_code);
	json_close_object(&json);
	json_end(&json);
	buf_add_byte(out, '\n');
}
