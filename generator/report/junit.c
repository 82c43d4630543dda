/*
 * JUnit's XML: a suite a file, a test a message. An error is a test that
 * failed, a failure one that could not be made, and a warning one that passed
 * and said something. A report without any has one test that passed, since
 * readers take a file without tests for a mistake.
 */
#include "markup/xml_writer.h"
#include "report/report.h"

struct junit {
	const struct report *report;
	struct xml_writer xml;
	struct buf text; /* of one attribute or element */
};

static str name_of(str path)
{
	return path.len > 0 ? path : STR("jiyue");
}

static void attribute_number(struct junit *junit, const char *name,
			     size_t number)
{
	junit->text.len = 0;
	buf_add_number(&junit->text, number, 0);
	xml_attribute(&junit->xml, name, buf_str(&junit->text));
}

static void write_counts(struct junit *junit,
			 const struct report_message *first,
			 const struct report_message *behind)
{
	size_t levels[DIAG_FAILURE + 1] = { 0 };
	size_t count = first == behind ? 1 : (size_t)(behind - first);

	for (; first < behind; first++)
		levels[first->diag->level]++;
	attribute_number(junit, "tests", count);
	attribute_number(junit, "failures", levels[DIAG_ERROR]);
	attribute_number(junit, "errors", levels[DIAG_FAILURE]);
}

static const char *element_of(const struct report_message *message)
{
	switch (message->diag->level) {
	case DIAG_WARNING:
		return "system-out";
	case DIAG_FAILURE:
		return "error";
	default:
		return "failure";
	}
}

static void write_result(struct junit *junit,
			 const struct report_message *message)
{
	const char *element = element_of(message);

	xml_open(&junit->xml, element);
	if (message->diag->level != DIAG_WARNING) {
		xml_attribute(&junit->xml, "type",
			      str_from_c(message->diag->id));
		xml_attribute(&junit->xml, "message", message->diag->message);
	}
	junit->text.len = 0;
	buf_add(&junit->text, name_of(message->path));
	if (message->start.line > 0)
		buf_printf(&junit->text, ":%zu:%zu", message->start.line,
			   message->start.column);
	buf_add_c(&junit->text, ": ");
	report_add_text(&junit->text, message);
	xml_text(&junit->xml, buf_str(&junit->text));
	xml_close(&junit->xml, element);
}

static void write_test(struct junit *junit,
		       const struct report_message *message)
{
	xml_open(&junit->xml, "testcase");
	xml_attribute(&junit->xml, "classname", name_of(message->path));
	junit->text.len = 0;
	buf_add_c(&junit->text, message->diag->id);
	if (message->start.line > 0)
		buf_printf(&junit->text, " %zu:%zu", message->start.line,
			   message->start.column);
	xml_attribute(&junit->xml, "name", buf_str(&junit->text));
	write_result(junit, message);
	xml_close(&junit->xml, "testcase");
	xml_line(&junit->xml);
}

static void write_suite(struct junit *junit, const struct report_message *first,
			const struct report_message *behind)
{
	xml_open(&junit->xml, "testsuite");
	xml_attribute(&junit->xml, "name", name_of(first->path));
	write_counts(junit, first, behind);
	xml_line(&junit->xml);
	for (; first < behind; first++) {
		write_test(junit, first);
		report_pass_on(junit->report, junit->xml.out);
	}
	xml_close(&junit->xml, "testsuite");
	xml_line(&junit->xml);
}

static void write_passed(struct junit *junit)
{
	xml_open(&junit->xml, "testsuite");
	xml_attribute(&junit->xml, "name", STR("jiyue"));
	write_counts(junit, NULL, NULL);
	xml_open(&junit->xml, "testcase");
	xml_attribute(&junit->xml, "classname", STR("jiyue"));
	xml_attribute(&junit->xml, "name", STR("check"));
	xml_close(&junit->xml, "testcase");
	xml_close(&junit->xml, "testsuite");
	xml_line(&junit->xml);
}

void report_write_junit(struct buf *out, const struct report *report)
{
	const struct report_message *behind = report->messages + report->count;
	const struct report_message *first = report->messages;
	struct junit junit = { .report = report };

	buf_init(&junit.text, out->arena);
	xml_begin(&junit.xml, out);
	xml_open(&junit.xml, "testsuites");
	xml_attribute(&junit.xml, "name", STR("jiyue check"));
	write_counts(&junit, report->messages, behind);
	xml_line(&junit.xml);
	if (report->count == 0)
		write_passed(&junit);
	while (first < behind) {
		const struct report_message *next = first + 1;

		while (next < behind && str_equal(next->path, first->path))
			next++;
		write_suite(&junit, first, next);
		first = next;
	}
	xml_close(&junit.xml, "testsuites");
	xml_end(&junit.xml);
}
