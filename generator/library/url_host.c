#include "library/url_host.h"

#include "base/diag.h"

enum { LABEL_LIMIT = 63, NAME_LIMIT = 253, PORT_LIMIT = 65535 };

static bool is_letter_or_digit(char c)
{
	return byte_is_letter(c) || byte_is_digit(c) || (unsigned char)c > 127;
}

/* "_" is in no host's name by the book, and in the names of many. */
static bool is_label(str text)
{
	if (text.len == 0 || text.len > LABEL_LIMIT || text.data[0] == '-' ||
	    text.data[text.len - 1] == '-')
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!is_letter_or_digit(text.data[i]) && text.data[i] != '-' &&
		    text.data[i] != '_')
			return false;
	return true;
}

static bool is_name(str text)
{
	str label;

	if (str_ends_with(text, STR(".")))
		text.len--;
	if (text.len == 0 || text.len > NAME_LIMIT)
		return false;
	while (str_split_next(&text, '.', &label))
		if (!is_label(label))
			return false;
	return true;
}

/* [2001:db8::1]: which of them there are is the network's business. */
static bool is_ip6(str text)
{
	size_t colons = 0;

	for (size_t i = 1; i + 1 < text.len; i++) {
		char c = text.data[i];

		if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f') &&
		    !(c >= 'A' && c <= 'F') && c != ':' && c != '.')
			return false;
		colons += c == ':';
	}
	return colons >= 2 && text.data[text.len - 1] == ']';
}

static bool is_port(str text)
{
	uint64_t port;

	return str_to_u64(&port, text) && port > 0 && port <= PORT_LIMIT;
}

static str authority_of(str address)
{
	size_t at = str_find(address, STR("://"));
	size_t end = 0;
	str rest;

	if (at == STR_NONE)
		return STR("");
	rest = str_from(address, at + 3);
	while (end < rest.len && rest.data[end] != '/' &&
	       rest.data[end] != '?' && rest.data[end] != '#')
		end++;
	return str_between(rest, 0, end);
}

const char *url_host_mistake(str address)
{
	str host = authority_of(address);
	size_t colon;

	if (str_find(address, STR("://")) == STR_NONE)
		return NULL;
	if (str_find_byte(host, '@') != STR_NONE)
		return _("a name or password in front of \"@\" would be there "
			 "for everybody to read; leave it out");
	colon = str_find_last_byte(host, ':');
	if (colon != STR_NONE && !str_ends_with(host, STR("]"))) {
		if (!is_port(str_from(host, colon + 1)))
			return _("the port, behind the \":\", is a number from "
				 "1 to 65535");
		host.len = colon;
	}
	if (host.len > 0 && host.data[0] == '[' ? is_ip6(host) : is_name(host))
		return NULL;
	return _("the domain has letters, digits, \"-\" and \".\", and at most "
		 "63 of them between two dots: https://www.example.gov.cn/");
}
