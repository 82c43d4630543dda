/*
 * The file is small and says who may publish, so that nothing of it is guessed:
 * a role that is no role, an address twice, a step that nobody can take are
 * mistakes of the whole file.
 */
#include "site/roles.h"

#include <stddef.h>

const char *const role_names[] = { "writer", "first",	  "second",
				   "final",  "publisher", NULL };

static const char *const role_titles[] = {
	[ROLE_WRITER] = N_("writer (拟稿)"),
	[ROLE_FIRST] = N_("first review (初审)"),
	[ROLE_SECOND] = N_("second review (复审)"),
	[ROLE_FINAL] = N_("final review (终审)"),
	[ROLE_PUBLISHER] = N_("publishing (发布)"),
};

struct roles_file {
	struct text_list steps;
	const struct yaml_node *people;
};

static const struct setting file_rows[] = {
	{ "steps", SETTING_TEXTS, offsetof(struct roles_file, steps), NULL,
	  NULL,
	  N_("what a text has to go through, of first, second, final and "
	     "publisher; all of them without this") },
	{ "people", SETTING_NODE, offsetof(struct roles_file, people),
	  "[{name: 初审岗, mail: chushen@jyj.example.cn, roles: [first]}]",
	  NULL, N_("who has which role, one entry a person or post") },
};

struct person_file {
	struct role_person person;
	struct text_list roles;
	const struct yaml_node *posts;
};

static const struct setting person_rows[] = {
	{ "name", SETTING_TEXT, offsetof(struct person_file, person.name),
	  "初审岗", NULL, N_("as lists of what waits show it") },
	{ "mail", SETTING_TEXT, offsetof(struct person_file, person.mail),
	  "chushen@jyj.example.cn", NULL,
	  N_("that of the commits (git config user.email)") },
	{ "roles", SETTING_TEXTS, offsetof(struct person_file, roles),
	  "[first]", NULL,
	  N_("of writer, first, second, final and publisher; who publishes a "
	     "text has not reviewed it") },
	{ "posts", SETTING_NODE, offsetof(struct person_file, posts), NULL,
	  NULL,
	  N_("the A and B posts of columns: {zwgk/tzgg: a}; who is asked "
	     "first") },
};

const struct setting_table role_settings[] = {
	{ N_("sites/<id>/roles.yaml: who reviews and publishes"), file_rows,
	  COUNT_OF(file_rows) },
	{ N_("an entry of people:"), person_rows, COUNT_OF(person_rows) },
	{ 0 },
};

enum role role_find(str name)
{
	enum role role = ROLE_WRITER;

	while (role < ROLE_COUNT && !str_equal_c(name, role_names[role]))
		role++;
	return role;
}

const char *role_title(enum role role)
{
	return _(role_titles[role]);
}

bool roles_has(const struct roles *roles, str mail, enum role role)
{
	for (size_t i = 0; i < roles->count; i++)
		if (str_equal_ignoring_case(roles->people[i].mail, mail))
			return (roles->people[i].roles & role_bit(role)) != 0;
	return false;
}

/* 0: the A post, 1: the B post, 2: none. */
static int post_rank(const struct role_person *person, str column)
{
	enum { OTHERS = 2 };

	for (size_t i = 0; column.len > 0 && i < person->post_count; i++)
		if (str_equal(person->posts[i].column, column))
			return person->posts[i].is_deputy ? 1 : 0;
	return OTHERS;
}

str roles_takers_text(const struct roles *roles, enum role role, str column,
		      struct arena *arena)
{
	enum { RANKS = 3 };
	size_t count = roles == NULL ? 0 : roles->count;
	struct buf text;

	buf_init(&text, arena);
	for (int rank = 0; rank < RANKS; rank++)
		for (size_t i = 0; i < count; i++) {
			const struct role_person *person = &roles->people[i];

			if ((person->roles & role_bit(role)) == 0 ||
			    post_rank(person, column) != rank)
				continue;
			buf_printf(&text, "%s%.*s <%.*s>",
				   text.len == 0 ? "" : "、",
				   STR_ARG(person->name),
				   STR_ARG(person->mail));
		}
	return buf_str(&text);
}

/* --- reading -------------------------------------------------------------- */

static bool refuse(const struct settings_reader *reader, struct span span,
		   const char *message, const char *help)
{
	diag_help(reader->diags,
		  diag_error(reader->diags, span, "roles-entry", "%s", message),
		  _("for example: %s"), help);
	return false;
}

/* Where a text of a list stands: the list itself when it is one scalar. */
static struct span span_in(const struct yaml_node *list, size_t number)
{
	return list->kind == YAML_SEQUENCE ? list->items[number].span
					   : list->span;
}

static bool unknown_role(const struct settings_reader *reader, str name,
			 struct span span)
{
	struct diag *diag = diag_error(reader->diags, span, "roles-entry",
				       _("“%.*s” is no role"), STR_ARG(name));
	str names[ROLE_COUNT];
	str nearest;

	for (size_t i = 0; i < ROLE_COUNT; i++)
		names[i] = str_from_c(role_names[i]);
	nearest = str_nearest(name, names, ROLE_COUNT);
	if (nearest.len > 0)
		diag_help(reader->diags, diag, _("did you mean “%.*s”?"),
			  STR_ARG(nearest));
	else
		diag_help(reader->diags, diag, "%s",
			  _("there are: writer, first, second, final, "
			    "publisher"));
	return false;
}

static bool read_names(unsigned *out, const struct text_list *names,
		       const struct yaml_node *list,
		       const struct settings_reader *reader)
{
	bool ok = true;

	*out = 0;
	for (size_t i = 0; i < names->count; i++) {
		enum role role = role_find(names->items[i]);

		if (role == ROLE_COUNT)
			ok = unknown_role(reader, names->items[i],
					  span_in(list, i));
		else
			*out |= role_bit(role);
	}
	return ok;
}

/* One sign, something on both sides of it, and no blank. */
static bool is_mail(str text)
{
	size_t at = str_find_byte(text, '@');

	for (size_t i = 0; i < text.len; i++)
		if (byte_is_space(text.data[i]) || text.data[i] == '<' ||
		    text.data[i] == '>')
			return false;
	return at != STR_NONE && at > 0 && at + 1 < text.len &&
	       str_count_byte(text, '@') == 1;
}

static bool read_post(struct role_post *out, const struct yaml_pair *pair,
		      const struct settings_reader *reader)
{
	out->column = pair->key;
	out->is_deputy = str_equal(pair->value.text, STR("b"));
	if (pair->value.kind == YAML_SCALAR &&
	    (out->is_deputy || str_equal(pair->value.text, STR("a"))))
		return true;
	return refuse(reader, pair->value.span,
		      _("a post is “a” or “b” (AB岗)"), "posts: {tzgg: a}");
}

static bool read_posts(struct role_person *out, const struct yaml_node *node,
		       const struct settings_reader *reader)
{
	struct role_post *posts;
	bool ok = true;

	if (node->kind != YAML_MAPPING || node->count > ROLE_POST_LIMIT)
		return refuse(reader, node->span,
			      _("posts name columns and a or b"),
			      "posts: {tzgg: a}");
	posts = arena_array(reader->arena, node->count, sizeof(*posts));
	for (size_t i = 0; i < node->count; i++)
		ok &= read_post(&posts[i], &node->pairs[i], reader);
	out->posts = posts;
	out->post_count = node->count;
	return ok;
}

static bool read_person(struct role_person *out, const struct yaml_node *node,
			const struct settings_reader *reader)
{
	struct person_file file = { 0 };
	bool ok;

	if (node->kind != YAML_MAPPING)
		return refuse(reader, node->span,
			      _("name, mail and roles are expected here"),
			      file_rows[1].required);
	if (!settings_read(&file, node, person_rows, COUNT_OF(person_rows),
			   reader))
		return false;
	*out = file.person;
	ok = read_names(&out->roles, &file.roles, yaml_get(node, STR("roles")),
			reader);
	if (!is_mail(out->mail))
		ok = refuse(reader, yaml_get(node, STR("mail"))->span,
			    _("this is no address of mail"),
			    "mail: chushen@jyj.example.cn");
	return (file.posts == NULL || read_posts(out, file.posts, reader)) &&
	       ok;
}

static bool check_twice(const struct roles *roles, size_t number,
			const struct yaml_node *node,
			const struct settings_reader *reader)
{
	const struct role_person *person = &roles->people[number];

	for (size_t i = 0; i < number; i++) {
		if (!str_equal_ignoring_case(roles->people[i].mail,
					     person->mail))
			continue;
		diag_help(reader->diags,
			  diag_error(reader->diags,
				     yaml_get(node, STR("mail"))->span,
				     "roles-twice",
				     _("“%.*s” stands here twice"),
				     STR_ARG(person->mail)),
			  "%s",
			  _("write all roles of a person into one entry; two "
			    "people have two addresses"));
		return false;
	}
	return true;
}

static bool read_people(struct roles *out, const struct yaml_node *list,
			const struct settings_reader *reader)
{
	struct role_person *people;
	bool ok = true;

	if (list->kind != YAML_SEQUENCE || list->count > ROLE_PEOPLE_LIMIT)
		return refuse(reader, list->span,
			      _("a list of people is expected here, at most a "
				"thousand"),
			      file_rows[1].required);
	people = arena_array(reader->arena, list->count, sizeof(*people));
	out->people = people;
	for (size_t i = 0; i < list->count; i++) {
		bool is_read = read_person(&people[i], &list->items[i], reader);

		ok &= is_read && check_twice(out, i, &list->items[i], reader);
	}
	out->count = list->count;
	return ok;
}

/* --- the steps ------------------------------------------------------------ */

static bool read_steps(struct roles *out, const struct roles_file *file,
		       const struct yaml_node *root,
		       const struct settings_reader *reader)
{
	const unsigned reviews = role_bit(ROLE_FIRST) | role_bit(ROLE_SECOND) |
				 role_bit(ROLE_FINAL);
	const struct yaml_node *list = yaml_get(root, STR("steps"));

	out->steps = reviews | role_bit(ROLE_PUBLISHER);
	if (list == NULL)
		return true;
	if (!read_names(&out->steps, &file->steps, list, reader))
		return false;
	out->steps &= ~role_bit(ROLE_WRITER);
	if ((out->steps & reviews) != 0 &&
	    (out->steps & role_bit(ROLE_PUBLISHER)) != 0)
		return true;
	return refuse(reader, list->span,
		      _("a text is reviewed at least once, and published by "
			"somebody else (the Measures, article 17)"),
		      "steps: [final, publisher]");
}

static bool has_taker(const struct roles *roles, enum role role)
{
	for (size_t i = 0; i < roles->count; i++)
		if ((roles->people[i].roles & role_bit(role)) != 0)
			return true;
	return false;
}

static bool check_steps(const struct roles *roles, struct span span,
			const struct settings_reader *reader)
{
	bool ok = true;

	for (enum role role = ROLE_FIRST; role < ROLE_COUNT; role++) {
		if ((roles->steps & role_bit(role)) == 0 ||
		    has_taker(roles, role))
			continue;
		diag_help(reader->diags,
			  diag_error(reader->diags, span, "roles-step",
				     _("nobody has the role “%s”, so no text "
				       "can be published"),
				     role_names[role]),
			  _("give it to somebody, or leave the step out: "
			    "%s"),
			  "steps: [final, publisher]");
		ok = false;
	}
	return ok;
}

bool roles_read(struct roles *out, const struct source *source, int32_t offset,
		struct arena *arena, struct diag_list *diags)
{
	const struct settings_reader reader = { .offset = offset,
						.arena = arena,
						.diags = diags };
	struct roles_file file = { .people = NULL };
	struct yaml_node root;
	bool ok = yaml_parse(&root, source, 0, source->text.len,
			     YAML_SETTINGS_LIMIT, arena, diags);

	*out = (struct roles){ 0 };
	if (!ok && root.count == 0)
		return false;
	ok &= settings_read(&file, &root, file_rows, COUNT_OF(file_rows),
			    &reader);
	if (!ok)
		return false;
	ok = read_people(out, file.people, &reader);
	ok &= read_steps(out, &file, &root, &reader);
	return ok &&
	       check_steps(out, yaml_get(&root, STR("people"))->span, &reader);
}
