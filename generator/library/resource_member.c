/* Which member of struct resource holds which field, and what a path says. */
#include "library/resource_member.h"

const struct resource_member resource_member_texts[] = {
	{ MEANS_TITLE, offsetof(struct resource, title) },
	{ MEANS_SUBTITLE, offsetof(struct resource, subtitle) },
	{ MEANS_SUMMARY, offsetof(struct resource, summary) },
	{ MEANS_SOURCE, offsetof(struct resource, source_name) },
	{ MEANS_SOURCE_URL, offsetof(struct resource, source_url) },
	{ MEANS_AUTHOR, offsetof(struct resource, author) },
	{ MEANS_IMAGE, offsetof(struct resource, image) },
	{ MEANS_TOPIC, offsetof(struct resource, topic) },
	{ MEANS_REGION, offsetof(struct resource, region) },
	{ MEANS_LANG, offsetof(struct resource, lang) },
	{ MEANS_DOC_NO, offsetof(struct resource, doc_no) },
	{ MEANS_VALIDITY, offsetof(struct resource, validity) },
	{ MEANS_RESULT, offsetof(struct resource, result) },
	{ MEANS_REPLACED_BY, offsetof(struct resource, replaced_by) },
};

const struct resource_member resource_member_lists[] = {
	{ MEANS_KEYWORDS, offsetof(struct resource, keywords) },
	{ MEANS_AUDIENCE, offsetof(struct resource, audience) },
	{ MEANS_ALIASES, offsetof(struct resource, aliases) },
	{ MEANS_INTERPRETS, offsetof(struct resource, interprets) },
};

const struct resource_member resource_member_moments[] = {
	{ MEANS_DATE, offsetof(struct resource, date) },
	{ MEANS_UPDATED, offsetof(struct resource, updated) },
	{ MEANS_PUBLISH_AT, offsetof(struct resource, publish_at) },
	{ MEANS_EXPIRES_ON, offsetof(struct resource, expires_on) },
	{ MEANS_ARCHIVED_ON, offsetof(struct resource, archived_on) },
	{ MEANS_PIN_UNTIL, offsetof(struct resource, pin_until) },
	{ MEANS_VALID_UNTIL, offsetof(struct resource, valid_until) },
	{ MEANS_OPENS_ON, offsetof(struct resource, opens_on) },
	{ MEANS_CLOSES_ON, offsetof(struct resource, closes_on) },
	{ MEANS_FEEDBACK_ON, offsetof(struct resource, feedback_on) },
	{ MEANS_KEEP_UNTIL, offsetof(struct resource, keep_until) },
	{ MEANS_ASKED_AT, offsetof(struct resource, asked_at) },
	{ MEANS_ANSWERED_AT, offsetof(struct resource, answered_at) },
};

const struct resource_member resource_member_spans[] = {
	{ MEANS_TITLE, offsetof(struct resource, title_span) },
	{ MEANS_DATE, offsetof(struct resource, date_span) },
	{ MEANS_ALIASES, offsetof(struct resource, aliases_span) },
	{ MEANS_REPLACED_BY, offsetof(struct resource, replaced_by_span) },
	{ MEANS_INTERPRETS, offsetof(struct resource, interprets_span) },
	{ MEANS_RELATIONS, offsetof(struct resource, replaces_span) },
	{ MEANS_SLUG, offsetof(struct resource, slug_span) },
	{ MEANS_ACTIVITIES, offsetof(struct resource, related_span) },
};

void resource_take_path(struct resource *out)
{
	str below = str_from(out->path, STR("content/").len);
	size_t slash = str_find_byte(below, '/');

	out->unit = str_between(below, 0, slash == STR_NONE ? 0 : slash);
	out->id = str_between(below, 0, below.len - STR(".md").len);
	out->has_folder = str_ends_with(out->id, STR("/index"));
	if (out->has_folder)
		out->id.len -= STR("/index").len;
	out->slug = str_file_name(out->id);
}
