#include "site/domain_form.h"

static bool is_label(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!byte_is_digit(text.data[i]) && text.data[i] != '-' &&
		    !(text.data[i] >= 'a' && text.data[i] <= 'z'))
			return false;
	return text.len > 0;
}

/* "www.<label>.gov.cn" */
static bool is_government(str domain)
{
	const str head = STR("www.");
	const str tail = STR(".gov.cn");

	return str_starts_with(domain, head) && str_ends_with(domain, tail) &&
	       domain.len > head.len + tail.len &&
	       is_label(str_between(domain, head.len, domain.len - tail.len));
}

/* "<label>." and the portal's name without "www." */
static bool is_department(str domain, str portal)
{
	size_t dot = str_find_byte(domain, '.');

	return dot != STR_NONE && is_label(str_between(domain, 0, dot)) &&
	       str_starts_with(portal, STR("www.")) &&
	       str_equal(str_from(domain, dot + 1),
			 str_from(portal, STR("www.").len)) &&
	       str_ends_with(domain, STR(".gov.cn"));
}

bool domain_is_of_kind(const struct site *site, const struct cluster *cluster)
{
	if (site->kind == KIND_FOREIGN)
		return true;
	return site->kind == KIND_DEPARTMENT
		       ? is_department(site->domain, cluster->portal->domain)
		       : is_government(site->domain);
}

bool domain_is_chinese(const struct site *site)
{
	str name = site->chinese_domain;

	return str_take(&name, site->name) || str_take(&name, site->short_name)
		       ? str_equal(name, STR(".政务"))
		       : false;
}
