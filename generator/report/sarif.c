/*
 * SARIF 2.1.0 (OASIS). A rule is a kind of message; those are listed of which
 * there is one, in the order of base/diag_kind.c.
 */
#include "base/diag_kind.h"
#include "markup/json_writer.h"
#include "markup/url_path.h"
#include "report/report.h"

#define SCHEMA                                                                 \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/"             \
	"os/schemas/sarif-schema-2.1.0.json"

static const char *level_of(const struct report_message *message)
{
	return message->diag->level == DIAG_WARNING ? "warning" : "error";
}

/* In texts of SARIF a brace begins a placeholder, and two are one (3.11.5). */
static void member_message(struct json_writer *json, const char *key, str text,
			   struct arena *arena)
{
	struct buf doubled;

	buf_init(&doubled, arena);
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '{' || text.data[i] == '}')
			buf_add_byte(&doubled, text.data[i]);
		buf_add_byte(&doubled, text.data[i]);
	}
	json_key(json, key);
	json_open_object(json);
	json_member_text(json, "text", buf_str(&doubled));
	json_close_object(json);
}

/* --- the rules ------------------------------------------------------------ */

/* By kind: one more than the place of its rule; 0: it has none. */
static size_t *number_rules(const struct report *report, struct arena *arena)
{
	size_t *numbers =
		arena_array(arena, diag_kind_count + 1, sizeof(*numbers));
	size_t count = 0;

	for (size_t i = 0; i < report->count; i++)
		numbers[report->messages[i].diag->kind] = 1;
	numbers[diag_kind_count] = 0;
	for (size_t i = 0; i < diag_kind_count; i++)
		if (numbers[i] > 0)
			numbers[i] = ++count;
	return numbers;
}

static void write_rules(struct json_writer *json, const size_t *numbers,
			struct arena *arena)
{
	json_key(json, "rules");
	json_open_array(json);
	for (size_t i = 0; i < diag_kind_count; i++) {
		if (numbers[i] == 0)
			continue;
		json_open_object(json);
		json_member_text(json, "id", str_from_c(diag_kinds[i].id));
		member_message(json, "shortDescription",
			       str_from_c(_(diag_kinds[i].about)), arena);
		json_close_object(json);
	}
	json_close_array(json);
}

static void write_tool(struct json_writer *json, const size_t *numbers,
		       struct arena *arena)
{
	json_key(json, "tool");
	json_open_object(json);
	json_key(json, "driver");
	json_open_object(json);
	json_member_text(json, "name", STR("jiyue"));
	json_member_text(json, "version", STR(JIYUE_VERSION));
	write_rules(json, numbers, arena);
	json_close_object(json);
	json_close_object(json);
}

/* --- the results ---------------------------------------------------------- */

static void write_region(struct json_writer *json,
			 const struct report_message *message)
{
	json_key(json, "region");
	json_open_object(json);
	json_member_number(json, "startLine", (int64_t)message->start.line);
	json_member_number(json, "startColumn", (int64_t)message->start.column);
	json_member_number(json, "endLine", (int64_t)message->end.line);
	json_member_number(json, "endColumn", (int64_t)message->end.column);
	json_close_object(json);
}

/* A colon in the first name would end a scheme: "./" stands before it. */
static str address_of(str path, struct arena *arena)
{
	struct buf address;

	buf_init(&address, arena);
	if (str_find_byte(path, ':') < str_find_byte(path, '/'))
		buf_add_c(&address, "./");
	url_path_encode(&address, path);
	return buf_str(&address);
}

static void write_locations(struct json_writer *json,
			    const struct report *report,
			    const struct report_message *message,
			    struct arena *arena)
{
	str path = report_path(report, message, arena);

	json_key(json, "locations");
	json_open_array(json);
	if (path.len > 0) {
		json_open_object(json);
		json_key(json, "physicalLocation");
		json_open_object(json);
		json_key(json, "artifactLocation");
		json_open_object(json);
		json_member_text(json, "uri", address_of(path, arena));
		json_member_text(json, "uriBaseId", STR("%SRCROOT%"));
		json_close_object(json);
		if (message->start.line > 0)
			write_region(json, message);
		json_close_object(json);
		json_close_object(json);
	}
	json_close_array(json);
}

static void write_fingerprint(struct json_writer *json,
			      const struct report_message *message,
			      struct arena *arena)
{
	struct buf hex;

	buf_init(&hex, arena);
	digest_print(&hex, message->fingerprint);
	json_key(json, "partialFingerprints");
	json_open_object(json);
	json_member_text(json, "jiyue/v1", buf_str(&hex));
	json_close_object(json);
}

static void write_result(struct json_writer *json, const struct report *report,
			 const struct report_message *message, size_t rule)
{
	struct arena scratch;
	struct buf text;

	arena_init(&scratch);
	buf_init(&text, &scratch);
	report_add_text(&text, message);
	json_open_object(json);
	json_member_text(json, "ruleId", str_from_c(message->diag->id));
	if (rule > 0)
		json_member_number(json, "ruleIndex", (int64_t)rule - 1);
	json_member_text(json, "level", str_from_c(level_of(message)));
	member_message(json, "message", buf_str(&text), &scratch);
	write_locations(json, report, message, &scratch);
	write_fingerprint(json, message, &scratch);
	json_close_object(json);
	arena_release(&scratch);
}

static void write_results(struct json_writer *json, const struct report *report,
			  const size_t *numbers)
{
	json_key(json, "results");
	json_open_array(json);
	for (size_t i = 0; i < report->count; i++) {
		write_result(json, report, &report->messages[i],
			     numbers[report->messages[i].diag->kind]);
		report_pass_on(report, json->out);
	}
	json_close_array(json);
}

static void write_invocation(struct json_writer *json,
			     const struct report *report)
{
	json_key(json, "invocations");
	json_open_array(json);
	json_open_object(json);
	json_member_truth(json, "executionSuccessful", !report->failed);
	json_member_number(json, "exitCode", report->exit_code);
	json_close_object(json);
	json_close_array(json);
}

void report_write_sarif(struct buf *out, const struct report *report)
{
	const size_t *numbers = number_rules(report, out->arena);
	struct json_writer json;

	json_begin(&json, out);
	json_open_object(&json);
	json_member_text(&json, "$schema", STR(SCHEMA));
	json_member_text(&json, "version", STR("2.1.0"));
	json_key(&json, "runs");
	json_open_array(&json);
	json_open_object(&json);
	write_tool(&json, numbers, out->arena);
	write_invocation(&json, report);
	json_member_text(&json, "columnKind", STR("unicodeCodePoints"));
	write_results(&json, report, numbers);
	json_close_object(&json);
	json_close_array(&json);
	json_close_object(&json);
	json_end(&json);
	buf_add_byte(out, '\n');
}
