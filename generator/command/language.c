#include "command/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/str.h"

/* <folder of the program>/locale in a build, ../share/locale when installed. */
static void bind_messages(void)
{
	static const char *const places[] = { "locale", "../share/locale" };
	char program[4096];
	char folder[4200];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program));

	while (length > 0 && program[length - 1] != '/')
		length--;
	for (size_t i = 0; length > 0 && i < 2; i++) {
		snprintf(folder, sizeof(folder), "%.*s%s", (int)length, program,
			 places[i]);
		if (access(folder, R_OK) == 0)
			break;
	}
	bindtextdomain("jiyue", length > 0 ? folder : "/usr/share/locale");
	bind_textdomain_codeset("jiyue", "UTF-8");
	textdomain("jiyue");
}

/* A locale that is named but not installed still says the language. */
static const char *named_language(void)
{
	static const char *const names[] = { "LANGUAGE", "LC_ALL",
					     "LC_MESSAGES", "LANG" };
	const char *value = NULL;

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if ((value = getenv(names[i])) != NULL && value[0] != '\0')
			return value;
	return NULL;
}

void language_start(const char *language)
{
	if (setlocale(LC_MESSAGES, "") == NULL && language == NULL)
		language = named_language();
	/* A message locale other than "C" is what makes gettext look. */
	if (language != NULL || strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0)
		setlocale(LC_MESSAGES, "C.UTF-8");
	/* Messages of the C library are UTF-8 too. */
	setlocale(LC_CTYPE, "C.UTF-8");
	if (language != NULL)
		setenv("LANGUAGE", language, 1);
	bind_messages();
}
