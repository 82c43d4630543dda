/*
 * The texts, and nothing else: each is whole, so that it can be read here as it
 * is printed. tests/support/operation.py runs what they say.
 */
#include "hosting/recipes.h"

#include "base/str.h"

enum { OUT_PARENT = 1 }; /* of the rows below */

static const char hook[] =
	"#!/bin/sh\n"
	"# post-receive of the library's repository: what is pushed to the "
	"branch goes\n"
	"# live, if it has no mistakes. \"post-receive now\" does the same "
	"when time alone\n"
	"# has changed something (a text that comes, or goes, at its hour).\n"
	"branch=refs/heads/main\n"
	"library=@LIBRARY@\n"
	"out=@OUT@\n"
	"to=@TO@\n"
	"\n"
	"say() { echo \"jiyue: $*\" >&2; }\n"
	"\n"
	"is_due() {\n"
	"\t[ -f \"$out.next\" ] || return 0\n"
	"\tread -r next <\"$out.next\" && [ \"$(date +%s)\" -ge \"$next\" ]\n"
	"}\n"
	"\n"
	"# The second when time alone changes the output next.\n"
	"note_next() {\n"
	"\tmoment=$(jiyue --lang en next --library \"$library\" --rev "
	"\"$branch\" \\\n"
	"\t\t--quiet 2>/dev/null | cut -c 1-26)\n"
	"\tdate -d \"$moment\" +%s >\"$out.next.new\" 2>/dev/null ||\n"
	"\t\techo 99999999999 >\"$out.next.new\"\n"
	"\tmv \"$out.next.new\" \"$out.next\"\n"
	"}\n"
	"\n"
	"publish() {\n"
	"\tjiyue --lang zh_CN build --library \"$library\" --rev \"$branch\" "
	"\\\n"
	"\t\t--out \"$out\" --strict >&2 || return 1\n"
	"\tjiyue --lang zh_CN publish --out \"$out\" --to \"$to\" >&2 || "
	"return 1\n"
	"\tnote_next\n"
	"}\n"
	"\n"
	"if [ \"$1\" = now ]; then\n"
	"\tis_due || exit 0\n"
	"else\n"
	"\tis_ours=\n"
	"\twhile read -r _ _ name; do\n"
	"\t\t[ \"$name\" = \"$branch\" ] && is_ours=yes\n"
	"\tdone\n"
	"\t[ -n \"$is_ours\" ] || exit 0\n"
	"fi\n"
	"\n"
	"# One after the other, each with the newest revision that there is.\n"
	"mkdir -p \"$(dirname \"$out\")\" && exec 9>\"$out.lock\" && flock 9 "
	"|| exit 1\n"
	"if publish; then\n"
	"\tsay \"已发布\"\n"
	"else\n"
	"\tsay \"没有发布：请按上面的提示改正后再推送，网站保持原样\"\n"
	"\texit 1\n"
	"fi\n";

static const char service[] =
	"# jiyue-publish.service: what time alone has changed goes live. The "
	"timer of\n"
	"# the same name starts it. User is the owner of the repository, as "
	"whom pushes\n"
	"# come in; hooks/post-receive is what `jiyue hosting hook` has.\n"
	"[Unit]\n"
	"Description=Publish what is due on the city's websites\n"
	"\n"
	"[Service]\n"
	"Type=oneshot\n"
	"User=git\n"
	"ExecStart=@LIBRARY@/hooks/post-receive now\n"
	"NoNewPrivileges=yes\n"
	"ProtectSystem=strict\n"
	"ReadWritePaths=@OUT_PARENT@ @TO@\n"
	"ReadOnlyPaths=@LIBRARY@\n"
	"ProtectHome=yes\n"
	"PrivateTmp=yes\n"
	"PrivateDevices=yes\n"
	"PrivateNetwork=yes\n"
	"ProtectClock=yes\n"
	"ProtectControlGroups=yes\n"
	"ProtectHostname=yes\n"
	"ProtectKernelLogs=yes\n"
	"ProtectKernelModules=yes\n"
	"ProtectKernelTunables=yes\n"
	"RestrictAddressFamilies=AF_UNIX\n"
	"RestrictNamespaces=yes\n"
	"RestrictRealtime=yes\n"
	"RestrictSUIDSGID=yes\n"
	"LockPersonality=yes\n"
	"MemoryDenyWriteExecute=yes\n"
	"CapabilityBoundingSet=\n"
	"SystemCallArchitectures=native\n"
	"SystemCallFilter=@system-service\n"
	"# What --sandbox calls:\n"
	"SystemCallFilter=landlock_create_ruleset landlock_add_rule "
	"landlock_restrict_self seccomp\n"
	"UMask=0022\n";

static const char timer[] =
	"# jiyue-publish.timer: every minute it is looked whether anything is "
	"due, which\n"
	"# costs a shell; what is due then costs what it changes.\n"
	"[Unit]\n"
	"Description=Look whether anything is due on the city's websites\n"
	"\n"
	"[Timer]\n"
	"OnCalendar=minutely\n"
	"AccuracySec=5s\n"
	"Persistent=yes\n"
	"\n"
	"[Install]\n"
	"WantedBy=timers.target\n";

static const char gitlab[] =
	"# .gitlab-ci.yml of a library. The image has jiyue and git (`jiyue "
	"hosting\n"
	"# container` prints one).\n"
	"variables:\n"
	"  GIT_DEPTH: \"0\" # dates of change come from the whole history\n"
	"\n"
	"cache:\n"
	"  key: jiyue\n"
	"  paths: [public/]\n"
	"\n"
	"check:\n"
	"  script:\n"
	"    - jiyue check --out public --format gitlab >codequality.json || "
	"true\n"
	"    - jiyue check --out public --quiet\n"
	"  artifacts:\n"
	"    when: always\n"
	"    reports:\n"
	"      codequality: codequality.json\n"
	"\n"
	"build:\n"
	"  script:\n"
	"    - jiyue build --out public --strict\n"
	"  artifacts:\n"
	"    paths: [public/]\n"
	"  rules:\n"
	"    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n";

static const char github[] =
	"# .github/workflows/city.yml of a library, on a runner that has jiyue "
	"and git.\n"
	"name: city\n"
	"on: [push, pull_request]\n"
	"permissions:\n"
	"  contents: read\n"
	"jobs:\n"
	"  check:\n"
	"    runs-on: [self-hosted, jiyue]\n"
	"    steps:\n"
	"      - uses: actions/checkout@v4\n"
	"        with:\n"
	"          fetch-depth: 0 # dates of change come from the whole "
	"history\n"
	"      - uses: actions/cache@v4\n"
	"        with:\n"
	"          path: public\n"
	"          key: jiyue-${{ github.sha }}\n"
	"          restore-keys: jiyue-\n"
	"      - name: check\n"
	"        run: jiyue check --out public --format github\n"
	"      - name: build\n"
	"        run: jiyue build --out public --strict\n"
	"      - uses: actions/upload-artifact@v4\n"
	"        with:\n"
	"          name: public\n"
	"          path: public\n";

static const char jenkins[] =
	"// Jenkinsfile of a library, on an agent that has jiyue and git; the "
	"clone is a\n"
	"// whole one (no shallow clone): dates of change come from the "
	"history. public/\n"
	"// stays in the workspace, so a build costs what changed.\n"
	"pipeline {\n"
	"    agent { label 'jiyue' }\n"
	"    options { disableConcurrentBuilds() }\n"
	"    stages {\n"
	"        stage('check') {\n"
	"            steps {\n"
	"                sh 'jiyue check --out public --format junit "
	">jiyue.xml || true'\n"
	"                sh 'jiyue check --out public --quiet'\n"
	"            }\n"
	"            post { always { junit allowEmptyResults: true, "
	"testResults: 'jiyue.xml' } }\n"
	"        }\n"
	"        stage('build') {\n"
	"            when { branch 'main' }\n"
	"            steps {\n"
	"                sh 'jiyue build --out public --strict'\n"
	"                archiveArtifacts 'public/**'\n"
	"            }\n"
	"        }\n"
	"    }\n"
	"}\n";

static const char woodpecker[] =
	"# .woodpecker.yaml of a library. The image has jiyue and git (`jiyue "
	"hosting\n"
	"# container` prints one).\n"
	"clone:\n"
	"  git:\n"
	"    image: woodpeckerci/plugin-git\n"
	"    settings:\n"
	"      partial: false\n"
	"      depth: 0 # dates of change come from the whole history\n"
	"\n"
	"when:\n"
	"  - event: [push, pull_request]\n"
	"\n"
	"steps:\n"
	"  check:\n"
	"    image: jiyue\n"
	"    commands:\n"
	"      - jiyue check --out public\n"
	"  build:\n"
	"    image: jiyue\n"
	"    commands:\n"
	"      - jiyue build --out public --strict\n"
	"    when:\n"
	"      - event: push\n"
	"        branch: main\n";

static const char container[] =
	"# Containerfile: the program alone, of its source tree, for CI and "
	"servers.\n"
	"# Nobody but the mounted folders is written to: run it with "
	"--read-only.\n"
	"FROM debian:12-slim AS source\n"
	"RUN apt-get update && apt-get install -y --no-install-recommends gcc "
	"make pkg-config git gettext libcmark-dev libyaml-dev libgit2-dev "
	"libxml2-dev libqrencode-dev libutf8proc-dev libxxhash-dev liblmdb-dev "
	"zlib1g-dev libssl-dev libidn2-dev libmicrohttpd-dev libicu-dev "
	"libjansson-dev libminizip-dev libdeflate-dev libbrotli-dev "
	"libcurl4-openssl-dev libjpeg62-turbo-dev libpng-dev libwebp-dev "
	"libfreetype-dev\n"
	"COPY . /source\n"
	"RUN make -C /source install DESTDIR=/made PREFIX=/usr\n"
	"\n"
	"FROM debian:12-slim\n"
	"RUN apt-get update && apt-get install -y --no-install-recommends git "
	"openssh-client libcmark0.30.2 libyaml-0-2 libgit2-1.5 libxml2 "
	"libqrencode4 libutf8proc2 libxxhash0 liblmdb0 zlib1g libssl3 "
	"libidn2-0 libmicrohttpd12 libicu72 libjansson4 libminizip1 "
	"libdeflate0 libbrotli1 libcurl4 libjpeg62-turbo libpng16-16 libwebp7 "
	"libwebpmux3 libfreetype6 && rm "
	"-rf /var/lib/apt/lists/*\n"
	"COPY --from=source /made/usr /usr\n"
	"RUN useradd --system --create-home jiyue\n"
	"USER jiyue\n"
	"WORKDIR /library\n"
	"ENV LANG=C.UTF-8\n"
	"CMD [\"jiyue\", \"--help\"]\n";

static const char rclone[] =
	"#!/bin/sh\n"
	"# Carries what is live in a folder of releases to an object store, "
	"with rclone:\n"
	"#\n"
	"#\tjiyue-carry FOLDER REMOTE\tREMOTE as rclone has it: store:bucket\n"
	"#\n"
	"# Assets, other files, pages, and last what is gone. It ends at the "
	"first\n"
	"# failure: then no page lacks anything, and the next run goes on from "
	"there.\n"
	"set -eu\n"
	"to=$1\n"
	"remote=$2\n"
	"tree=$(readlink -f \"$to/live\")\n"
	"folder=$(mktemp -d)\n"
	"trap 'rm -rf \"$folder\"' EXIT\n"
	"tab=$(printf '\\t')\n"
	"jiyue export list \"$to\" >\"$folder/list\"\n"
	"\n"
	"# Of each line, in which turn it goes.\n"
	"awk -F '\\t' '\n"
	"$1 == \"delete\" { turn = \"gone\" }\n"
	"$1 == \"put\" { turn = \"file\" }\n"
	"$1 == \"put\" && $2 ~ \"^[^/]*/assets/\" { turn = \"asset\" }\n"
	"turn == \"file\" && $3 ~ \"^text/html\" { turn = \"page\" }\n"
	"{ print turn \"\\t\" $0 }' \"$folder/list\" >\"$folder/turns\"\n"
	"\n"
	"# Files that have the same headers go together.\n"
	"carry() {\n"
	"\tawk -F '\\t' -v turn=\"$1\" '$1 == turn' \"$folder/turns\" "
	">\"$folder/turn\"\n"
	"\tcut -f 4-6 \"$folder/turn\" | sort -u >\"$folder/kinds\"\n"
	"\twhile IFS=$tab read -r type encoding cache; do\n"
	"\t\tawk -F '\\t' -v type=\"$type\" -v encoding=\"$encoding\" \\\n"
	"\t\t\t-v cache=\"$cache\" '$4 == type && $5 == encoding &&\n"
	"\t\t\t$6 == cache { print $3 }' \"$folder/turn\" >\"$folder/some\"\n"
	"\t\tset -- --header-upload \"Content-Type: $type\" \\\n"
	"\t\t\t--header-upload \"Cache-Control: $cache\"\n"
	"\t\t[ \"$encoding\" = - ] ||\n"
	"\t\t\tset -- \"$@\" --header-upload \"Content-Encoding: $encoding\"\n"
	"\t\trclone copy --checksum --no-traverse \\\n"
	"\t\t\t--files-from-raw \"$folder/some\" \"$@\" \"$tree\" \"$remote\"\n"
	"\tdone <\"$folder/kinds\"\n"
	"}\n"
	"\n"
	"carry asset\n"
	"carry file\n"
	"carry page\n"
	"awk -F '\\t' '$1 == \"gone\" { print $3 }' \"$folder/turns\" "
	">\"$folder/some\"\n"
	"[ ! -s \"$folder/some\" ] ||\n"
	"\trclone delete --no-traverse --files-from-raw \"$folder/some\" "
	"\"$remote\"\n";

const struct recipe recipes[] = {
	{ "hook", true, hook },
	{ "service", true, service },
	{ "timer", false, timer },
	{ "gitlab", false, gitlab },
	{ "github", false, github },
	{ "jenkins", false, jenkins },
	{ "woodpecker", false, woodpecker },
	{ "container", false, container },
	{ "rclone", false, rclone },
};
const size_t recipe_count = COUNT_OF(recipes);

/* The folder that it is in. */
static str path_of(const char *path, bool is_parent)
{
	str text = str_from_c(path);

	return is_parent ? str_between(text, 0, str_find_last_byte(text, '/'))
			 : text;
}

void recipe_write(struct buf *out, const struct recipe *recipe,
		  const struct recipe_paths *paths)
{
	const struct {
		str mark;
		const char *path;
	} rows[] = {
		{ STR("@LIBRARY@"), paths->library },
		{ STR("@OUT_PARENT@"), paths->out },
		{ STR("@OUT@"), paths->out },
		{ STR("@TO@"), paths->to },
	};
	str rest = str_from_c(recipe->text);

	while (rest.len > 0) {
		size_t i = 0;

		while (i < COUNT_OF(rows) &&
		       !str_starts_with(rest, rows[i].mark))
			i++;
		if (i == COUNT_OF(rows)) {
			buf_add_byte(out, rest.data[0]);
			rest = str_from(rest, 1);
			continue;
		}
		buf_add(out, path_of(rows[i].path, i == OUT_PARENT));
		rest = str_from(rest, rows[i].mark.len);
	}
}
