/*
 * Sound and films of a text: browsers can play them, a picture stands for a
 * film until it plays, and whoever cannot hear can read what is said (rules.md
 * R-VID-01).
 */
#include "audit/rule.h"

rule_function rule_video_silent;

static bool ends_with_any(str name, const char *const *endings)
{
	for (; *endings != NULL; endings++)
		if (name.len >= strlen(*endings) &&
		    str_equal_ignoring_case(
			    str_from(name, name.len - strlen(*endings)),
			    str_from_c(*endings)))
			return true;
	return false;
}

static bool is_film(const struct yaml_node *media)
{
	static const char *const films[] = { ".mp4", ".webm", ".m4v", ".ogv",
					     ".mov", ".avi",  ".wmv", ".flv",
					     ".mkv", NULL };

	return str_equal_c(yaml_text(media, "kind"), "视频") ||
	       ends_with_any(yaml_text(media, "file"), films);
}

static bool is_sound(const struct yaml_node *media)
{
	static const char *const sounds[] = { ".mp3", ".m4a", ".ogg", ".oga",
					      ".wav", ".wma", ".aac", NULL };

	return str_equal_c(yaml_text(media, "kind"), "音频") ||
	       ends_with_any(yaml_text(media, "file"), sounds);
}

static bool is_playable(const struct yaml_node *media)
{
	static const char *const played[] = { ".mp4", ".webm", ".m4v", ".mp3",
					      ".m4a", ".ogg",  ".oga", ".wav",
					      ".aac", NULL };

	return ends_with_any(yaml_text(media, "file"), played);
}

static void judge_media(const struct yaml_node *media, struct finding_log *log)
{
	bool is_heard = is_sound(media);
	bool is_seen = is_film(media);
	const char *what = NULL;

	if (media->kind != YAML_MAPPING || (!is_heard && !is_seen))
		return;
	if (!is_playable(media))
		what = _("not every browser plays a file of this kind");
	else if (is_seen && yaml_text(media, "poster").len == 0)
		what = _("no picture stands for the film");
	else if (yaml_text(media, "transcript").len == 0 &&
		 yaml_text(media, "captions").len == 0)
		what = _("nobody can read what is said");
	if (what != NULL)
		diag_help(log->diags, finding_add(log, media->span, "%s", what),
			  "%s",
			  _("give an MP4 or MP3 with “poster:” (of a film) and "
			    "“captions:” or “transcript:”"));
}

void rule_video_silent(const struct rule_input *input, struct finding_log *log)
{
	const struct field_value *media;

	if (!rule_type_has(input, STR("media")))
		return;
	media = rule_field(input, STR("media"));
	if (media == NULL || media->node == NULL ||
	    media->node->kind != YAML_SEQUENCE)
		return;
	for (size_t i = 0; i < media->node->count; i++)
		judge_media(&media->node->items[i], log);
}
