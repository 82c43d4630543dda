/*
 * A paragraph names a list (numId) and a level; the list names an abstract one,
 * which has the form of each level; several lists share an abstract one and
 * count on, unless they begin anew (startOverride). A level that counts sets
 * all below it back. The paragraph may leave all of it to its style.
 */
#include "import/word_numbering.h"

#include <string.h>

#include "base/buf.h"

enum { STYLES_ABOVE = 12 }; /* basedOn, one after the other */

struct word_level {
	str format; /* "decimal", "bullet", "chineseCounting" … */
	str text;   /* "%1.%2" */
	unsigned start;
	bool is_plain; /* levels above in plain figures: 1.1 of 第一章 */
};

struct word_abstract {
	struct word_level levels[WORD_LEVELS];
	unsigned counts[WORD_LEVELS];
	bool counted[WORD_LEVELS];
};

struct word_list {
	struct word_abstract *abstract;
	str id;
	unsigned starts[WORD_LEVELS]; /* that it begins anew with, + 1; 0: none
				       */
};

/* --- elements ------------------------------------------------------------- */

const struct page_node *word_child(const struct page_node *node,
				   const char *name)
{
	const struct page_node *child =
		node == NULL ? NULL : page_node_first(node);

	while (child != NULL && !page_node_is(child, name))
		child = page_node_next(child);
	return child;
}

str word_value(const struct page_node *node, const char *name)
{
	const struct page_node *child = word_child(node, name);

	return child == NULL ? STR("") : page_node_attribute(child, "val");
}

static unsigned number_of(str text, unsigned otherwise)
{
	uint64_t number;

	return str_to_u64(&number, text) && number <= WORD_NUMBER_MOST
		       ? (unsigned)number
		       : otherwise;
}

static const struct page_node *first_of(const struct page_tree *tree)
{
	const struct page_node *root =
		tree == NULL ? NULL : page_tree_root(tree);

	return root == NULL ? NULL : page_node_first(root);
}

/* --- numbering.xml -------------------------------------------------------- */

static void read_level(struct word_abstract *abstract,
		       const struct page_node *node)
{
	unsigned number =
		number_of(page_node_attribute(node, "ilvl"), WORD_LEVELS);

	if (number >= WORD_LEVELS)
		return;
	abstract->levels[number] = (struct word_level){
		.format = word_value(node, "numFmt"),
		.text = word_value(node, "lvlText"),
		.start = number_of(word_value(node, "start"), 0),
		.is_plain = word_child(node, "isLgl") != NULL,
	};
}

static void read_abstract(struct map *abstracts, const struct page_node *node,
			  struct arena *arena)
{
	struct word_abstract *abstract = arena_alloc(arena, sizeof(*abstract));
	const struct page_node *child;

	*abstract = (struct word_abstract){ .counts = { 0 } };
	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child))
		if (page_node_is(child, "lvl"))
			read_level(abstract, child);
	(void)map_add(abstracts, page_node_attribute(node, "abstractNumId"),
		      abstract);
}

static void read_list(struct word_numbering *numbering,
		      const struct map *abstracts, const struct page_node *node)
{
	struct word_list *list;
	struct word_abstract *abstract =
		map_get(abstracts, word_value(node, "abstractNumId"));
	const struct page_node *child;

	if (abstract == NULL)
		return;
	list = arena_alloc(numbering->arena, sizeof(*list));
	*list = (struct word_list){ .abstract = abstract,
				    .id = page_node_attribute(node, "numId") };
	for (child = page_node_first(node); child != NULL;
	     child = page_node_next(child)) {
		str start = word_value(child, "startOverride");
		unsigned level = number_of(page_node_attribute(child, "ilvl"),
					   WORD_LEVELS);

		if (page_node_is(child, "lvlOverride") && start.len > 0 &&
		    level < WORD_LEVELS)
			list->starts[level] = number_of(start, 1) + 1;
	}
	(void)map_add(&numbering->lists, list->id, list);
}

void word_numbering_open(struct word_numbering *out,
			 const struct page_tree *numbering,
			 const struct page_tree *styles, struct arena *arena)
{
	const struct page_node *node;
	struct map abstracts;

	*out = (struct word_numbering){ .arena = arena };
	map_init(&out->lists, arena);
	map_init(&out->styles, arena);
	map_init(&abstracts, arena);
	for (node = first_of(numbering); node != NULL;
	     node = page_node_next(node))
		if (page_node_is(node, "abstractNum"))
			read_abstract(&abstracts, node, arena);
	for (node = first_of(numbering); node != NULL;
	     node = page_node_next(node))
		if (page_node_is(node, "num"))
			read_list(out, &abstracts, node);
	for (node = first_of(styles); node != NULL; node = page_node_next(node))
		if (page_node_is(node, "style"))
			(void)map_add(&out->styles,
				      page_node_attribute(node, "styleId"),
				      (void *)(uintptr_t)node);
}

/* --- figures -------------------------------------------------------------- */

static void add_chinese(struct buf *out, unsigned number)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四",
					      "五", "六", "七", "八", "九" };
	static const char *const units[] = { "", "十", "百", "千" };
	bool gap = false;

	if (number == 0 || number > 9999) {
		buf_printf(out, "%u", number);
		return;
	}
	for (unsigned place = 3, unit = 1000; unit > 0; place--, unit /= 10) {
		unsigned digit = number / unit % 10;

		if (digit == 0) {
			gap = number / unit > 0;
			continue;
		}
		if (gap)
			buf_add_c(out, "零");
		gap = false;
		if (!(digit == 1 && place == 1 && number < 20))
			buf_add_c(out, digits[digit]);
		buf_add_c(out, units[place]);
	}
}

static void add_letters(struct buf *out, unsigned number, char first)
{
	/* z is followed by aa, then bb */
	for (unsigned i = 0; i <= (number - 1) / 26 && number > 0 && i < 8; i++)
		buf_add_byte(out, (char)(first + (char)((number - 1) % 26)));
}

static void add_roman(struct buf *out, unsigned number, bool is_small)
{
	static const struct {
		unsigned value;
		const char *small;
		const char *large;
	} rows[] = {
		{ 1000, "m", "M" },  { 900, "cm", "CM" }, { 500, "d", "D" },
		{ 400, "cd", "CD" }, { 100, "c", "C" },	  { 90, "xc", "XC" },
		{ 50, "l", "L" },    { 40, "xl", "XL" },  { 10, "x", "X" },
		{ 9, "ix", "IX" },   { 5, "v", "V" },	  { 4, "iv", "IV" },
		{ 1, "i", "I" },
	};

	if (number > 3999) {
		buf_printf(out, "%u", number);
		return;
	}
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (; number >= rows[i].value; number -= rows[i].value)
			buf_add_c(out,
				  is_small ? rows[i].small : rows[i].large);
}

static void add_circled(struct buf *out, unsigned number)
{
	/* ① is U+2460, ⑳ U+2473: E2 91 A0 to E2 91 B3 */
	if (number < 1 || number > 20)
		buf_printf(out, "(%u)", number);
	else
		buf_printf(out, "\xe2\x91%c", (char)(0xa0 + number - 1));
}

static bool is_chinese(str format)
{
	static const char *const names[] = {
		"chineseCounting",	  "chineseCountingThousand",
		"ideographDigital",	  "japaneseCounting",
		"taiwaneseCounting",	  "taiwaneseCountingThousand",
		"chineseLegalSimplified",
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_equal_c(format, names[i]))
			return true;
	return false;
}

static void add_figure(struct buf *out, str format, unsigned number)
{
	if (is_chinese(format))
		add_chinese(out, number);
	else if (str_equal_c(format, "lowerLetter"))
		add_letters(out, number, 'a');
	else if (str_equal_c(format, "upperLetter"))
		add_letters(out, number, 'A');
	else if (str_equal_c(format, "lowerRoman"))
		add_roman(out, number, true);
	else if (str_equal_c(format, "upperRoman"))
		add_roman(out, number, false);
	else if (str_starts_with(format, STR("decimalEnclosedCircle")))
		add_circled(out, number);
	else
		buf_printf(out, "%u", number);
}

/* "（%1）" and the like, with the figures of its own and the levels above. */
static str label_of(const struct word_abstract *abstract, unsigned level,
		    struct arena *arena)
{
	str text = abstract->levels[level].text;
	struct buf label;

	buf_init(&label, arena);
	if (text.len > WORD_LABEL_LIMIT)
		return STR("");
	for (size_t i = 0; i < text.len; i++) {
		char digit = str_at(text, i + 1);

		if (text.data[i] != '%' || digit < '1' || digit > '9') {
			buf_add_byte(&label, text.data[i]);
			continue;
		}
		add_figure(&label,
			   abstract->levels[level].is_plain
				   ? STR("decimal")
				   : abstract->levels[digit - '1'].format,
			   abstract->counts[digit - '1']);
		i++;
	}
	return buf_str(&label);
}

/* --- the next paragraph --------------------------------------------------- */

static const struct page_node *style_of(const struct word_numbering *numbering,
					str id)
{
	return id.len == 0 ? NULL : map_get(&numbering->styles, id);
}

/* The first properties that have a child of that name: own, then of styles. */
static const struct page_node *inherited(const struct word_numbering *numbering,
					 const struct page_node *properties,
					 const char *name)
{
	const struct page_node *found = word_child(properties, name);
	str id = word_value(properties, "pStyle");

	for (int i = 0; i < STYLES_ABOVE && found == NULL; i++) {
		const struct page_node *style = style_of(numbering, id);

		if (style == NULL)
			return NULL;
		found = word_child(word_child(style, "pPr"), name);
		id = word_value(style, "basedOn");
	}
	return found;
}

static void count(struct word_list *list, unsigned level)
{
	struct word_abstract *abstract = list->abstract;

	if (list->starts[level] > 0) {
		abstract->counts[level] = list->starts[level] - 1;
		list->starts[level] = 0;
	} else if (!abstract->counted[level]) {
		abstract->counts[level] = abstract->levels[level].start;
	} else {
		abstract->counts[level]++;
	}
	abstract->counted[level] = true;
	/* a level above that no paragraph has stands at its start */
	for (unsigned i = 0; i < level; i++)
		if (!abstract->counted[i])
			abstract->counts[i] = abstract->levels[i].start;
	for (unsigned i = level + 1; i < WORD_LEVELS; i++)
		abstract->counted[i] = false;
}

/* "%2." of the second level, in plain figures: Markdown has that. */
static char plain_ending(const struct word_level *level, unsigned number)
{
	char end = str_at(level->text, 2);
	bool is_plain = str_equal_c(level->format, "decimal") &&
			level->text.len == 3 && level->text.data[0] == '%' &&
			level->text.data[1] == (char)('1' + number);

	if (!is_plain || (end != '.' && end != ')'))
		return '\0';
	return end;
}

void word_numbering_next(struct word_number *out,
			 struct word_numbering *numbering,
			 const struct page_node *properties)
{
	const struct page_node *node =
		inherited(numbering, properties, "numPr");
	unsigned level = number_of(word_value(node, "ilvl"), 0);
	str id = word_value(node, "numId");
	const struct word_level *form;
	struct word_list *list;

	*out = (struct word_number){ .mark = WORD_MARK_NONE };
	if (node == NULL || str_equal_c(id, "0") || level >= WORD_LEVELS)
		return;
	out->level = level;
	out->list = id;
	list = id.len == 0 ? NULL : map_get(&numbering->lists, id);
	if (list == NULL) { /* of a list that the file does not have */
		out->mark = WORD_MARK_BULLET;
		return;
	}
	count(list, level);
	form = &list->abstract->levels[level];
	out->number = list->abstract->counts[level];
	out->ending = plain_ending(form, level);
	if (str_equal_c(form->format, "bullet"))
		out->mark = WORD_MARK_BULLET;
	else if (str_equal_c(form->format, "none"))
		out->mark = WORD_MARK_NONE;
	else if (out->ending != '\0')
		out->mark = WORD_MARK_NUMBER;
	else
		out->mark = WORD_MARK_LABEL;
	if (out->mark == WORD_MARK_LABEL || out->mark == WORD_MARK_NUMBER)
		out->label = label_of(list->abstract, level, numbering->arena);
}

/* --- headings ------------------------------------------------------------- */

/* "heading 2", "Heading2", "标题 2", and of Chinese Word's ids "2" alone. */
static int heading_in(str name, bool is_id)
{
	char last = str_at(name, name.len - 1);

	if (name.len == 0 || last < '1' || last > '9' ||
	    !((is_id && name.len == 1) ||
	      str_starts_with(name, STR("Heading")) ||
	      str_starts_with(name, STR("heading")) ||
	      str_starts_with(name, STR("标题"))))
		return 0;
	return last - '0';
}

int word_style_heading(const struct word_numbering *numbering,
		       const struct page_node *properties)
{
	str id = word_value(properties, "pStyle");
	const struct page_node *style = style_of(numbering, id);
	const struct page_node *outline =
		inherited(numbering, properties, "outlineLvl");
	unsigned level;
	int heading;

	if (outline != NULL) {
		level = number_of(page_node_attribute(outline, "val"), 9);
		if (level < 9)
			return (int)level + 1;
	}
	heading = style == NULL ? heading_in(id, true)
				: heading_in(word_value(style, "name"), false);
	return heading;
}
