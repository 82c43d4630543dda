/*
 * A group is its lines "User-agent:" and the rules behind them; groups of one
 * name are one. So the rules of our name and of "*" are both gathered, and
 * the second count when there is no group of the first.
 */
#include "release/robots_rules.h"

struct robots_rule {
	str pattern;
	bool allows;
};

/* Who a group is for, while its lines are read. */
struct group {
	bool is_ours;
	bool is_all;
	bool has_rules; /* the next User-agent begins another one */
};

static bool take_key(str *value, str line, const char *key)
{
	size_t colon = str_find_byte(line, ':');

	if (colon == STR_NONE ||
	    !str_equal_ignoring_case(str_trim(str_between(line, 0, colon)),
				     str_from_c(key)))
		return false;
	*value = str_trim(str_from(line, colon + 1));
	return true;
}

static void take_agent(struct group *group, str agent, str name)
{
	if (group->has_rules)
		*group = (struct group){ 0 };
	if (str_equal_c(agent, "*"))
		group->is_all = true;
	else if (str_equal_ignoring_case(agent, name))
		group->is_ours = true;
}

static void add_rule(struct list *rows, str pattern, bool allows,
		     struct arena *arena)
{
	struct robots_rule *rule;

	if (pattern.len == 0)
		return; /* "Disallow:" forbids nothing */
	rule = list_add(rows, arena);
	*rule = (struct robots_rule){ pattern, allows };
}

void robots_rules_read(struct robots_rules *out, str text, str name,
		       struct arena *arena)
{
	struct group group = { 0 };
	bool has_ours = false;
	struct list all;
	str line, value;

	list_init(&out->rows, sizeof(struct robots_rule));
	list_init(&all, sizeof(struct robots_rule));
	text.len = text.len < ROBOTS_LIMIT ? text.len : ROBOTS_LIMIT;
	while (str_split_next(&text, '\n', &line)) {
		bool allows;

		line = str_between(line, 0, str_find_byte(line, '#'));
		if (take_key(&value, line, "user-agent")) {
			take_agent(&group, value, name);
			has_ours = has_ours || group.is_ours;
			continue;
		}
		allows = take_key(&value, line, "allow");
		if (!allows && !take_key(&value, line, "disallow"))
			continue;
		group.has_rules = true;
		if (group.is_ours)
			add_rule(&out->rows, value, allows, arena);
		if (group.is_all)
			add_rule(&all, value, allows, arena);
	}
	if (!has_ours)
		out->rows = all;
}

/*
 * "*" is any text, "$" at the end is the end. Each "*" takes the first place
 * where what follows fits, so that nothing is tried twice.
 */
static bool fits(str path, str pattern)
{
	bool is_whole = str_ends_with(pattern, STR("$"));
	size_t star = str_find_byte(pattern, '*');
	str part = str_between(pattern, 0, star);

	if (is_whole && star == STR_NONE)
		return str_equal(path,
				 str_between(pattern, 0, pattern.len - 1));
	if (!str_starts_with(path, part))
		return false;
	path = str_from(path, part.len);
	while (star != STR_NONE) {
		size_t at;

		pattern = str_from(pattern, star + 1);
		star = str_find_byte(pattern, '*');
		part = str_between(pattern, 0, star);
		if (is_whole && star == STR_NONE)
			return str_ends_with(
				path, str_between(part, 0, part.len - 1));
		at = str_find(path, part);
		if (at == STR_NONE)
			return false;
		path = str_from(path, at + part.len);
	}
	return true;
}

bool robots_rules_allow(const struct robots_rules *rules, str path)
{
	const struct robots_rule *rows = rules->rows.items;
	size_t longest = 0;
	bool allows = true;

	for (size_t i = 0; i < rules->rows.count; i++) {
		const struct robots_rule *rule = &rows[i];

		if (rule->pattern.len < longest || !fits(path, rule->pattern))
			continue;
		if (rule->pattern.len > longest || rule->allows)
			allows = rule->allows;
		longest = rule->pattern.len;
	}
	return allows;
}
