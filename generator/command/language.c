#include "command/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/diag.h"

enum { PATH_SIZE = 4200 };

/* Of one language stands for all: a folder has what a build has made. */
static bool has_messages(const char *folder)
{
	char file[PATH_SIZE + 64];

	snprintf(file, sizeof(file), "%s/zh_CN/LC_MESSAGES/jiyue.mo", folder);
	return access(file, R_OK) == 0;
}

/*
 * <folder of the program>/locale in a build, ../share/locale when installed:
 * /usr/bin/locale is a program of the C library's.
 */
static void find_messages(char folder[PATH_SIZE])
{
	static const char *const places[] = { "locale", "../share/locale" };
	char program[4096];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program));

	snprintf(folder, PATH_SIZE, "/usr/share/locale");
	while (length > 0 && program[length - 1] != '/')
		length--;
	for (size_t i = 0; length > 0 && i < COUNT_OF(places); i++) {
		snprintf(folder, PATH_SIZE, "%.*s%s", (int)length, program,
			 places[i]);
		if (has_messages(folder))
			break;
	}
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

static void start(const char *language)
{
	char folder[PATH_SIZE];

	if (setlocale(LC_MESSAGES, "") == NULL && language == NULL)
		language = named_language();
	/* A message locale other than "C" is what makes gettext look. */
	if (language != NULL || strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0)
		setlocale(LC_MESSAGES, "C.UTF-8");
	/* Messages of the C library are UTF-8 too. */
	setlocale(LC_CTYPE, "C.UTF-8");
	if (language != NULL)
		setenv("LANGUAGE", language, 1);
	find_messages(folder);
	bindtextdomain("jiyue", folder);
	bind_textdomain_codeset("jiyue", "UTF-8");
	textdomain("jiyue");
}

const char *language_folder(struct arena *arena)
{
	char folder[PATH_SIZE];

	find_messages(folder);
	return arena_printf(arena, "%s", folder).data;
}

void language_start(void)
{
	start(NULL);
}

/* NULL: there are no messages in it. */
static const char *language_of(const char *wanted)
{
	if (strncmp(wanted, "zh", 2) == 0)
		return "zh_CN";
	if (strncmp(wanted, "en", 2) == 0 || strcmp(wanted, "C") == 0)
		return "en";
	return NULL;
}

/* A program that was copied away from its messages speaks English. */
static void tell_missing(const char *language)
{
	char folder[PATH_SIZE];
	char file[PATH_SIZE + 64];

	if (strcmp(language, "en") == 0)
		return;
	find_messages(folder);
	snprintf(file, sizeof(file), "%s/%s/LC_MESSAGES/jiyue.mo", folder,
		 language);
	if (access(file, R_OK) != 0)
		fprintf(stderr,
			"jiyue: warning: messages are in English, because "
			"there "
			"is no %s\n  help: copy the folder locale/ of a build "
			"to where the program is, or use “make install”\n"
			"jiyue: 警告: 找不到中文消息文件，以下消息为英文。"
			"\n",
			file);
}

bool language_choose(const char *wanted)
{
	const char *language = language_of(wanted);

	if (language == NULL) {
		fprintf(stderr,
			_("jiyue: --lang: there are no messages in “%s”; "
			  "choose zh_CN or en\n"),
			wanted);
		return false;
	}
	start(language);
	tell_missing(language);
	return true;
}
