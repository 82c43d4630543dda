/*
 * A server's configuration needs the library, since it is made of the settings
 * and the plan of all sites; the recipes beside it are texts with paths in
 * them, and are printed without a look at any library.
 */
#include "hosting/hosting.h"

#include "command/command.h"
#include "command/messages.h"
#include "command/options.h"
#include "hosting/recipes.h"
#include "pipeline/build.h"

static const int more[] = { OPTION_LOG, OPTION_BROTLI, 0 };

const struct command_usage usage_hosting = {
	.name = "hosting",
	.letters = "lroaTXHjdnqh",
	.about = N_(
		"Prints the whole configuration of a web server for all sites: "
		"hosts, types, headers, old addresses. SERVER is nginx or "
		"caddy; --to names the folder of the releases. For HAProxy it "
		"prints map files of hosts and old addresses, haproxy-maps and "
		"haproxy-prefixes, which --to has as haproxy.map and "
		"haproxy-prefixes.map. Or it prints a file that calls this "
		"program: hook (post-receive of a repository), "
		"service and timer (of systemd), gitlab, github, jenkins and "
		"woodpecker (CI), container, rclone (to an object store)."),
	.arguments = "SERVER",
	.example = "nginx --to /srv/www",
	.more = more,
};

static const struct {
	const char *name;
	bool (*print)(struct buf *out, const struct hosting *hosting);
} servers[] = {
	{ "nginx", hosting_nginx },
	{ "caddy", hosting_caddy },
	{ "haproxy-maps", hosting_haproxy_maps },
	{ "haproxy-prefixes", hosting_haproxy_prefixes },
};

static int refuse_server(const char *name)
{
	fprintf(stderr,
		_("jiyue hosting: there is no server “%s”; choose one "
		  "of: "),
		name);
	for (size_t i = 0; i < COUNT_OF(servers); i++)
		fprintf(stderr, "%s%s", i == 0 ? "" : ", ", servers[i].name);
	for (size_t i = 0; i < recipe_count; i++)
		fprintf(stderr, ", %s", recipes[i].name);
	fputc('\n', stderr);
	return EXIT_FAILED;
}

/* It stands between straight quotes of a configuration. */
static bool is_absolute(const char *path)
{
	return path != NULL && path[0] == '/' &&
	       strpbrk(path, "\"\\$;{} \n\t'#") == NULL;
}

static int refuse_path(const char *option, const char *given)
{
	char *whole = given == NULL ? NULL : realpath(given, NULL);

	fprintf(stderr,
		_("jiyue hosting: %s DIR is needed, as a path from / on "
		  "without "
		  "blanks and quotes\n"),
		option);
	if (whole != NULL && is_absolute(whole))
		fprintf(stderr, _("  help: write %s %s\n"), option, whole);
	free(whole);
	return EXIT_FAILED;
}

static int print(const struct command_options *options, size_t server)
{
	struct build build;
	struct buf text;
	int code;

	if (build_open(&build, &options->build)) {
		const struct hosting hosting = {
			.cluster = &build.library.cluster,
			.plan = &build.library.plan,
			.as_of = build.library.as_of,
			.revision = build.library.snapshot.revision,
			.root = arena_printf(&build.arena, "%s/live",
					     options->to)
					.data,
			.folder = options->to,
			.tls = options->tls,
			.hsts = options->hsts,
			.log = options->log,
			.brotli = options->brotli,
			.arena = &build.arena,
			.diags = &build.diags,
		};

		buf_init(&text, &build.arena);
		if (servers[server].print(&text, &hosting))
			fwrite(text.data, 1, text.len, stdout);
	}
	code = messages_finish(&build);
	build_close(&build);
	return code;
}

/* The folders of a machine must be known in full there. */
static int print_recipe(const struct command_options *options,
			const struct recipe *recipe)
{
	const struct recipe_paths paths = {
		.library = options->build.library.folder,
		.out = options->build.out,
		.to = options->to,
	};
	struct arena arena;
	struct buf text;

	if (recipe->has_paths && !is_absolute(paths.library))
		return refuse_path("--library", paths.library);
	if (recipe->has_paths && !is_absolute(paths.out))
		return refuse_path("--out", paths.out);
	if (recipe->has_paths && !is_absolute(paths.to))
		return refuse_path("--to", paths.to);
	arena_init(&arena);
	buf_init(&text, &arena);
	recipe_write(&text, recipe, &paths);
	fwrite(text.data, 1, text.len, stdout);
	arena_release(&arena);
	return EXIT_CLEAN;
}

int command_hosting(int argc, char **argv)
{
	struct command_options options;

	if (!options_parse(&options, &usage_hosting, argc, argv))
		return EXIT_FAILED;
	if (options.help)
		return EXIT_CLEAN;
	for (size_t i = 0; i < recipe_count; i++)
		if (strcmp(options.argument, recipes[i].name) == 0)
			return print_recipe(&options, &recipes[i]);
	options.build.out = NULL;
	if (!is_absolute(options.to))
		return refuse_path("--to", options.to);
	if (options.tls != NULL && !is_absolute(options.tls))
		return refuse_path("--tls", options.tls);
	if (options.log != NULL && !is_absolute(options.log))
		return refuse_path("--log", options.log);
	for (size_t i = 0; i < COUNT_OF(servers); i++)
		if (strcmp(options.argument, servers[i].name) == 0)
			return print(&options, i);
	return refuse_server(options.argument);
}
