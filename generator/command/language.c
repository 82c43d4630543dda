#include "command/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

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

void language_start(const char *language)
{
	/* A message locale other than "C" is what makes gettext look. */
	if (setlocale(LC_MESSAGES, "") == NULL ||
	    strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0 || language != NULL)
		setlocale(LC_MESSAGES, "C.UTF-8");
	/* Messages of the C library are UTF-8 too. */
	setlocale(LC_CTYPE, "C.UTF-8");
	if (language != NULL)
		setenv("LANGUAGE", language, 1);
	bind_messages();
}
