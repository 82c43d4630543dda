/*
 * GitLab's code quality report. It wants a file and a line of every issue: what
 * is of no file is shown at the library itself.
 */
#include "markup/json_writer.h"
#include "report/report.h"

static const char *severity_of(const struct report_message *message)
{
	switch (message->diag->level) {
	case DIAG_WARNING:
		return "minor";
	case DIAG_FAILURE:
		return "blocker";
	default:
		return "major";
	}
}

static void write_location(struct json_writer *json,
			   const struct report_message *message, str path)
{
	size_t line = message->start.line;

	json_key(json, "location");
	json_open_object(json);
	json_member_text(json, "path", path.len > 0 ? path : STR("."));
	json_key(json, "lines");
	json_open_object(json);
	json_member_number(json, "begin", line > 0 ? (int64_t)line : 1);
	json_close_object(json);
	json_close_object(json);
}

static void write_issue(struct json_writer *json, const struct report *report,
			const struct report_message *message, struct buf *text)
{
	json_open_object(json);
	text->len = 0;
	report_add_text(text, message);
	json_member_text(json, "description", buf_str(text));
	json_member_text(json, "check_name", str_from_c(message->diag->id));
	text->len = 0;
	digest_print(text, message->fingerprint);
	json_member_text(json, "fingerprint", buf_str(text));
	json_member_text(json, "severity", str_from_c(severity_of(message)));
	write_location(json, message,
		       report_path(report, message, text->arena));
	json_close_object(json);
}

void report_write_gitlab(struct buf *out, const struct report *report)
{
	struct json_writer json;
	struct buf text;

	buf_init(&text, out->arena);
	json_begin(&json, out);
	json_open_array(&json);
	for (size_t i = 0; i < report->count; i++) {
		write_issue(&json, report, &report->messages[i], &text);
		report_pass_on(report, out);
	}
	json_close_array(&json);
	json_end(&json);
	buf_add_byte(out, '\n');
}
