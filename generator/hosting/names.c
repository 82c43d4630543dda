#include "hosting/hosting.h"

#include "markup/url_path.h"

static bool refuse_name(const struct hosting *hosting, const struct site *site,
			str name, const char *reason)
{
	struct diag *diag = diag_error(
		hosting->diags, span_none(), "hosting-name",
		_("“%.*s” of the site %.*s is no name that DNS can have: %s"),
		STR_ARG(name), STR_ARG(site->id), reason);

	diag_help(hosting->diags, diag,
		  _("correct chinese_domain in sites/%.*s/site.yaml"),
		  STR_ARG(site->id));
	return false;
}

bool hosting_names(struct hosting_names *out, const struct hosting *hosting,
		   const struct site *site)
{
	const char *reason;

	return cluster_other_names(&out->others, &reason, hosting->cluster,
				   site, hosting->arena) ||
	       refuse_name(hosting, site, site->chinese_domain, reason);
}

bool hosting_moved_to(str *out, const struct hosting *hosting,
		      const struct site *site)
{
	const struct cluster *cluster = hosting->cluster;
	const struct site *at = site;
	struct diag *diag;

	*out = (str){ NULL, 0 };
	for (size_t i = 0; i <= cluster->count; i++) {
		if (at == NULL || at->state != STATE_MOVED ||
		    at->moved_to.len == 0)
			return true;
		*out = at->moved_to;
		at = cluster_site_in(cluster, *out);
	}
	diag = diag_error(hosting->diags, span_none(), "hosting-loop",
			  _("the site %.*s has moved in a circle"),
			  STR_ARG(site->id));
	diag_help(hosting->diags, diag,
		  _("moved_to in sites/%.*s/site.yaml must lead to a site that "
		    "is there"),
		  STR_ARG(site->id));
	return false;
}

static bool is_contact(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] <= ' ' || text.data[i] > '~' ||
		    strchr("\"'\\$;{}<>`", text.data[i]) != NULL)
			return false;
	return str_starts_with(text, STR("mailto:")) ||
	       str_starts_with(text, STR("https://")) ||
	       str_starts_with(text, STR("tel:"));
}

/* RFC 9116: it must end, within a year at best. */
bool hosting_security(str *out, const struct hosting *hosting)
{
	enum { HALF_A_YEAR = 180 * 86400 };
	str contact = hosting->cluster->platform.security_contact;
	struct diag *diag;
	struct buf text;

	*out = (str){ NULL, 0 };
	if (contact.len == 0)
		return true;
	if (!is_contact(contact)) {
		diag = diag_error(hosting->diags, span_none(),
				  "hosting-contact",
				  _("security_contact of sites/platform.yaml "
				    "is no address: %.*s"),
				  STR_ARG(contact));
		diag_help(hosting->diags, diag,
			  _("write security_contact: mailto:… or https://… or "
			    "tel:…"));
		return false;
	}
	buf_init(&text, hosting->arena);
	buf_printf(&text, "Contact: %.*s\nExpires: ", STR_ARG(contact));
	moment_format(
		&text,
		moment_from_seconds(hosting->as_of.seconds + HALF_A_YEAR, 0),
		STR("%Y-%m-%dT%H:%M:%SZ"));
	buf_add_c(&text, "\nPreferred-Languages: zh, en\n");
	*out = buf_str(&text);
	return true;
}

str hosting_literal(str text, struct arena *arena)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (!byte_is_letter(c) && !byte_is_digit(c) &&
		    (unsigned char)c < 128)
			buf_add_byte(&out, '\\');
		buf_add_byte(&out, c);
	}
	return buf_str(&out);
}
