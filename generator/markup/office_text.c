/*
 * Each format is a row: the parts that have words, and the elements that are
 * one paragraph each. Tables of Office keep words apart from the cells, so
 * they have a reader of their own.
 */
#include "markup/office_text.h"

#include "base/buf.h"
#include "base/list.h"
#include "markup/xml_reader.h"
#include "markup/zip_reader.h"

enum { PART_LIMIT = 8 * 1024 * 1024, PARTS = 1000 };

struct format {
	const char *ending;
	const char *parts[6];	/* "%d": numbered from 1 */
	const char *paragraphs; /* NULL: a table of Office */
};

static const struct format formats[] = {
	{ ".docx",
	  { "word/document.xml", "word/header%d.xml", "word/footer%d.xml",
	    "word/footnotes.xml", "word/comments.xml", NULL },
	  "w:p" },
	{ ".pptx",
	  { "ppt/slides/slide%d.xml", "ppt/notesSlides/notesSlide%d.xml",
	    NULL },
	  "a:p" },
	{ ".xlsx", { "xl/worksheets/sheet%d.xml", NULL }, NULL },
	{ ".odt", { "content.xml", "styles.xml", NULL }, "text:p text:h" },
	{ ".ods", { "content.xml", NULL }, "text:p" },
	{ ".odp", { "content.xml", NULL }, "text:p text:h" },
};

struct reading {
	struct zip_reader *zip;
	const struct format *format;
	struct buf out;
	struct list words; /* str: of a table of Office, by number */
	bool is_word;	   /* the cell at hand has the number of one */
	struct arena *arena;
};

static const struct format *find_format(str path)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (str_ends_with(path, str_from_c(formats[i].ending)))
			return &formats[i];
	return NULL;
}

bool office_text_knows(str path)
{
	return find_format(path) != NULL;
}

static void add(struct buf *out, str text, char gap)
{
	str word;

	while (out->len < OFFICE_TEXT_LIMIT && str_next_word(&text, &word)) {
		if (out->len > 0 && out->data[out->len - 1] != '\n')
			buf_add_byte(out, gap);
		buf_add(out, word);
		gap = ' ';
	}
}

/* --- paragraphs ----------------------------------------------------------- */

static void begin_row(void *context, const struct xml_element *element)
{
	struct reading *reading = context;

	if (xml_element_is(element, "table:table-row"))
		buf_add_byte(&reading->out, '\n');
}

/* In a table of figures the cells of a row stay together. */
static void take_paragraph(void *context, const struct xml_element *element,
			   str text)
{
	struct reading *reading = context;
	bool is_cell = str_equal_c(str_from_c(reading->format->ending), ".ods");

	(void)element;
	add(&reading->out, text, ' ');
	if (!is_cell)
		buf_add_byte(&reading->out, '\n');
}

/* --- tables of Office ----------------------------------------------------- */

static void take_word(void *context, const struct xml_element *element,
		      str text)
{
	struct reading *reading = context;

	(void)element;
	*(str *)list_add(&reading->words, reading->arena) =
		arena_copy(reading->arena, text);
}

static void begin_cell(void *context, const struct xml_element *element)
{
	struct reading *reading = context;
	str kind;

	if (xml_element_is(element, "row"))
		buf_add_byte(&reading->out, '\n');
	if (xml_element_is(element, "c"))
		reading->is_word = xml_element_attribute(element, "t", &kind) &&
				   str_equal_c(kind, "s");
}

static void take_cell(void *context, const struct xml_element *element,
		      str text)
{
	struct reading *reading = context;
	const str *words = reading->words.items;
	size_t number = 0;

	if (!xml_element_is(element, "v") || !reading->is_word) {
		add(&reading->out, text, ' ');
		return;
	}
	for (size_t i = 0; i < text.len && number <= reading->words.count; i++)
		if (byte_is_digit(text.data[i]))
			number = number * 10 + (size_t)(text.data[i] - '0');
	if (number < reading->words.count)
		add(&reading->out, words[number], ' ');
}

/* --- parts ---------------------------------------------------------------- */

/* False: it is not there. What breaks off is read as far as it goes. */
static bool read_part(struct reading *reading, const char *name,
		      const struct xml_visitor *visitor)
{
	struct xml_problem problem;
	str xml;

	if (!zip_reader_read(&xml, reading->zip, name, PART_LIMIT,
			     reading->arena))
		return false;
	(void)!xml_read(xml, XML_SYNTAX_XML, visitor, reading->arena, &problem);
	return true;
}

static size_t read_parts(struct reading *reading, const char *name,
			 const struct xml_visitor *visitor)
{
	const char *number = strstr(name, "%d");
	size_t count = 0;

	if (number == NULL)
		return read_part(reading, name, visitor);
	while (count < PARTS) {
		str whole = arena_printf(reading->arena, "%.*s%zu%s",
					 (int)(number - name), name, count + 1,
					 number + strlen("%d"));

		if (!read_part(reading, whole.data, visitor))
			break;
		count++;
	}
	return count;
}

bool office_text_read(str *out, str path, str bytes, struct arena *arena)
{
	const struct format *format = find_format(path);
	struct reading reading = { .format = format, .arena = arena };
	const struct xml_visitor words = { .context = &reading,
					   .text = take_word,
					   .text_of = "si" };
	const struct xml_visitor cells = { .context = &reading,
					   .open = begin_cell,
					   .text = take_cell,
					   .text_of = "v t" };
	struct xml_visitor paragraphs = { .context = &reading,
					  .open = begin_row,
					  .text = take_paragraph };
	size_t found = 0;

	*out = STR("");
	reading.zip = zip_reader_open(bytes, arena);
	if (reading.zip == NULL)
		return false;
	buf_init(&reading.out, arena);
	list_init(&reading.words, sizeof(str));
	if (format->paragraphs == NULL)
		(void)!read_part(&reading, "xl/sharedStrings.xml", &words);
	paragraphs.text_of = format->paragraphs;
	for (size_t i = 0; format->parts[i] != NULL; i++)
		found += read_parts(&reading, format->parts[i],
				    format->paragraphs == NULL ? &cells
							       : &paragraphs);
	zip_reader_close(reading.zip);
	*out = buf_str(&reading.out);
	return found > 0;
}
