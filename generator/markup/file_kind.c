/*
 * The table of kinds, the table of signatures, and the lists of what runs.
 * Text has no signature: it is told by what it is not (no NUL, an encoding of
 * Chinese text, no tag at its head), which is what browsers go by as well when
 * they guess.
 */
#include "markup/file_kind.h"

#include <string.h>

#include "base/unicode.h"

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

const struct file_kind file_kinds[] = {
	{ "doc", "application/msword", LOOK_OFFICE_OLD, false },
	{ "docx", OOXML "wordprocessingml.document", LOOK_OFFICE, false },
	{ "xls", "application/vnd.ms-excel", LOOK_OFFICE_OLD, false },
	{ "xlsx", OOXML "spreadsheetml.sheet", LOOK_OFFICE, false },
	{ "ppt", "application/vnd.ms-powerpoint", LOOK_OFFICE_OLD, false },
	{ "pptx", OOXML "presentationml.presentation", LOOK_OFFICE, false },
	{ "wps", "application/vnd.ms-works", LOOK_OFFICE_OLD, false },
	{ "et", "application/vnd.ms-excel", LOOK_OFFICE_OLD, false },
	{ "dps", "application/vnd.ms-powerpoint", LOOK_OFFICE_OLD, false },
	{ "odt", ODF "text", LOOK_ZIP, false },
	{ "ods", ODF "spreadsheet", LOOK_ZIP, false },
	{ "odp", ODF "presentation", LOOK_ZIP, false },
	{ "rtf", "application/rtf", LOOK_RTF, false },
	{ "pdf", "application/pdf", LOOK_PDF, false },
	{ "ofd", "application/ofd", LOOK_ZIP, false },
	{ "epub", "application/epub+zip", LOOK_ZIP, false },
	{ "jpg", "image/jpeg", LOOK_JPEG, false },
	{ "jpeg", "image/jpeg", LOOK_JPEG, false },
	{ "png", "image/png", LOOK_PNG, false },
	{ "gif", "image/gif", LOOK_GIF, false },
	{ "webp", "image/webp", LOOK_WEBP, false },
	{ "avif", "image/avif", LOOK_AVIF, false },
	{ "bmp", "image/bmp", LOOK_BMP, false },
	{ "tif", "image/tiff", LOOK_TIFF, false },
	{ "tiff", "image/tiff", LOOK_TIFF, false },
	{ "ico", "image/x-icon", LOOK_ICO, false },
	{ "svg", "image/svg+xml", LOOK_SVG, false },
	{ "mp3", "audio/mpeg", LOOK_MP3, false },
	{ "m4a", "audio/mp4", LOOK_MP4, false },
	{ "wav", "audio/wav", LOOK_WAV, false },
	{ "ogg", "audio/ogg", LOOK_OGG, false },
	{ "oga", "audio/ogg", LOOK_OGG, false },
	{ "opus", "audio/ogg", LOOK_OGG, false },
	{ "flac", "audio/flac", LOOK_FLAC, false },
	{ "aac", "audio/aac", LOOK_AAC, false },
	{ "wma", "audio/x-ms-wma", LOOK_ASF, false },
	{ "mp4", "video/mp4", LOOK_MP4, false },
	{ "m4v", "video/mp4", LOOK_MP4, false },
	{ "mov", "video/quicktime", LOOK_MP4, false },
	{ "3gp", "video/3gpp", LOOK_MP4, false },
	{ "webm", "video/webm", LOOK_MATROSKA, false },
	{ "mkv", "video/x-matroska", LOOK_MATROSKA, false },
	{ "ogv", "video/ogg", LOOK_OGG, false },
	{ "avi", "video/x-msvideo", LOOK_AVI, false },
	{ "wmv", "video/x-ms-wmv", LOOK_ASF, false },
	{ "flv", "video/x-flv", LOOK_FLV, false },
	{ "mpg", "video/mpeg", LOOK_MPEG, false },
	{ "mpeg", "video/mpeg", LOOK_MPEG, false },
	{ "zip", "application/zip", LOOK_ZIP, false },
	{ "rar", "application/vnd.rar", LOOK_RAR, false },
	{ "7z", "application/x-7z-compressed", LOOK_7Z, false },
	{ "gz", "application/gzip", LOOK_GZIP, false },
	{ "tgz", "application/gzip", LOOK_GZIP, false },
	{ "tar", "application/x-tar", LOOK_TAR, false },
	{ "bz2", "application/x-bzip2", LOOK_BZIP2, false },
	{ "xz", "application/x-xz", LOOK_XZ, false },
	{ "csv", "text/csv", LOOK_TEXT, false },
	{ "tsv", "text/tab-separated-values", LOOK_TEXT, false },
	{ "txt", "text/plain", LOOK_TEXT, false },
	{ "vtt", "text/vtt", LOOK_TEXT, false },
	{ "srt", "application/x-subrip", LOOK_TEXT, false },
	{ "json", "application/json", LOOK_JSON, false },
	{ "geojson", "application/geo+json", LOOK_JSON, false },
	{ "xml", "application/xml", LOOK_XML, true },
	{ "xsd", "application/xml", LOOK_XML, true },
	{ "kml", "application/vnd.google-earth.kml+xml", LOOK_XML, true },
	{ "gml", "application/gml+xml", LOOK_XML, true },
	{ "gpx", "application/gpx+xml", LOOK_XML, true },
	{ "rdf", "application/rdf+xml", LOOK_XML, true },
	{ "xbrl", "application/xml", LOOK_XML, true },
};

/* What themes are made of, beside templates. */
static const struct file_kind asset_kinds[] = {
	{ "css", "text/css", LOOK_TEXT, false },
	{ "js", "text/javascript", LOOK_TEXT, false },
	{ "mjs", "text/javascript", LOOK_TEXT, false },
	{ "json", "application/json", LOOK_JSON, false },
	{ "webmanifest", "application/manifest+json", LOOK_JSON, false },
	{ "map", "application/json", LOOK_JSON, false },
	{ "txt", "text/plain", LOOK_TEXT, false },
	{ "woff2", "font/woff2", LOOK_FONT, false },
	{ "woff", "font/woff", LOOK_FONT, false },
	{ "ttf", "font/ttf", LOOK_FONT, false },
	{ "otf", "font/otf", LOOK_FONT, false },
	{ "png", "image/png", LOOK_PNG, false },
	{ "jpg", "image/jpeg", LOOK_JPEG, false },
	{ "jpeg", "image/jpeg", LOOK_JPEG, false },
	{ "gif", "image/gif", LOOK_GIF, false },
	{ "webp", "image/webp", LOOK_WEBP, false },
	{ "avif", "image/avif", LOOK_AVIF, false },
	{ "ico", "image/x-icon", LOOK_ICO, false },
	{ "svg", "image/svg+xml", LOOK_SVG, false },
};

const size_t file_kind_count = COUNT_OF(file_kinds);

/* --- what runs --- */

/* Words with a space between them, and one at both ends. */
static const char in_browsers[] =
	" html htm xhtml xht xhtm mht mhtml hta htc js mjs cjs jsx ts tsx wasm "
	"vbs wsf css xsl xslt swf svgz jnlp appcache webmanifest map ";

/* Those of them that are pages: themes have style sheets and scripts. */
static const char in_pages[] =
	" html htm xhtml xht xhtm mht mhtml hta htc svgz swf jnlp xsl xslt ";

/* The same in some of them, or in programs that read news and mail. */
static const char in_readers[] =
	" rss atom mml mathml xul xbl htmls htx xrds eml xpi crx ";

static const char on_computers[] =
	" exe dll com scr pif cpl msi msp msix appx bat cmd ps1 psm1 psd1 vbe "
	"vb "
	"jse wsh sct sh bash zsh csh ksh fish apk ipa jar war ear class app "
	"dmg "
	"pkg deb rpm elf so dylib sys drv ocx run lnk url desktop reg inf hlp "
	"chm docm dotm xlsm xltm xlam xlsb pptm potm ppsm ppam gadget msc ";

static const char on_servers[] =
	" php php2 php3 php4 php5 php6 php7 php8 phps pht phtm phtml phar inc "
	"jsp jspx jspf jsw jsv do action asp aspx asa asax ascx ashx asmx axd "
	"cer cdx soap cshtml vbhtml cgi fcgi pl pm plx py pyc pyo pyz rb erb "
	"lua "
	"tcl cfm cfml cfc dbm nsf shtml shtm stm ssi ";

/*
 * What a platform may allow: drawings and data of professions, fonts, e-books,
 * formats of reading programs. Nothing of it runs anywhere.
 */
static const char on_demand[] =
	" dwg dxf dgn dwf dwt dwfx stp step igs iges stl obj 3mf ifc rvt rfa "
	"skp 3ds blend fbx dae glb gltf ply max pts xyz las laz e57 "
	"shp shx dbf prj cpg sbn sbx qix gdb gpkg mif mid tab tfw jgw pgw wld "
	"e00 grd asc dem hgt img nc cdf hdf h5 grib grb grb2 kmz osm pbf "
	"mbtiles "
	"psd ai eps ps cdr indd xd sketch fig vsd vsdx mpp mmap xmind drawio "
	"heic heif jp2 j2k jxr raw cr2 nef dng tga pcx psb odg odf wpt ett dpt "
	"dot dotx xlt xltx pot potx pps ppsx pages numbers key "
	"xps oxps djvu djv caj kdh nh ceb cebx sep gd gw vip mobi azw azw3 prc "
	"rm rmvb amr ape aif aiff au caf midi dts ac3 mka m3u m3u8 f4v vob "
	"m2ts "
	"mts 3g2 dv mxf zst lz4 lzma lz lzh arj z "
	"ics vcf tex bib log dat sav por dta rdata parquet feather arrow avro "
	"ndjson jsonl yaml yml toml md5 sha1 sha256 sha512 sm3 asc sig p7s p7b "
	"crt crl tsr ttf otf woff woff2 ttc ";

/* Settings of servers and of what runs behind them, as whole names. */
static const char settings_names[] =
	" web.config app.config machine.config nginx.conf httpd.conf "
	"apache2.conf php.ini php-fpm.conf caddyfile dockerfile "
	"crossdomain.xml clientaccesspolicy.xml _redirects _headers ";

static const char settings_extensions[] =
	" htaccess htpasswd htgroups htdigest env conf config cnf ini ";

enum { NAME_ROOM = 256 };

/* ASCII in small letters; what is longer is cut, and fits nothing. */
static str lower(char *room, str text)
{
	size_t len = text.len < NAME_ROOM ? text.len : NAME_ROOM;

	for (size_t i = 0; i < len; i++)
		room[i] = byte_lower(text.data[i]);
	return (str){ room, len };
}

str file_extension(str name)
{
	size_t dot = str_find_last_byte(name, '.');

	return dot == STR_NONE ? STR("") : str_from(name, dot + 1);
}

/* What old servers read as the end: "a.asp;.pdf", "a.php%00.pdf". */
static str cut_part(str part)
{
	size_t end = 0;

	while (end < part.len &&
	       str_find_byte(STR(";%:/\\"), part.data[end]) == STR_NONE)
		end++;
	while (end > 0 && part.data[end - 1] == ' ')
		end--;
	return str_between(part, 0, end);
}

/*
 * ".php" of "a.php.pdf"; what stands before the first dot is a name, and the
 * last one is judged by itself unless it is of servers.
 */
static bool has_part_of(str name, const char *words, bool with_last)
{
	str part;

	str_split_next(&name, '.', &part);
	while (str_split_next(&name, '.', &part))
		if ((with_last || name.len > 0) &&
		    str_is_word_of(cut_part(part), words))
			return true;
	return false;
}

/*
 * Servers that know ".gz" for a coding go by what stands before it; a drawing
 * or data in XML would come unread.
 */
static bool is_packed_page(str name, str extension)
{
	str inner = str_between(name, 0, name.len - extension.len - 1);

	return str_is_word_of(extension, " gz br zst bz2 xz z ") &&
	       str_is_word_of(cut_part(file_extension(inner)),
			      " svg xml rss atom rdf kml gml gpx xsd ");
}

static const struct file_kind *find_kind(const struct file_kind *kinds,
					 size_t count, str extension)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_c(extension, kinds[i].extension))
			return &kinds[i];
	return NULL;
}

static bool is_allowed(str extension, const struct file_allowance *allowed)
{
	for (size_t i = 0; i < allowed->count; i++)
		if (str_equal(extension, allowed->extensions[i]))
			return true;
	return false;
}

static bool is_active(str extension)
{
	return str_is_word_of(extension, in_browsers) ||
	       str_is_word_of(extension, on_computers);
}

enum file_name file_name_judge(struct file_kind *out, str name,
			       const struct file_allowance *allowed)
{
	static const char bytes[] = "application/octet-stream";
	char room[NAME_ROOM];
	str small = lower(room, name);
	str extension = file_extension(small);
	const struct file_kind *kind =
		find_kind(file_kinds, file_kind_count, extension);

	if (str_is_word_of(small, settings_names) ||
	    str_is_word_of(extension, settings_extensions))
		return FILE_NAME_SETTINGS;
	if (has_part_of(small, on_servers, true))
		return FILE_NAME_SERVED;
	if (is_active(extension))
		return FILE_NAME_ACTIVE;
	if (has_part_of(small, in_browsers, false) ||
	    has_part_of(small, in_readers, false) ||
	    is_packed_page(small, extension))
		return FILE_NAME_INSIDE;
	if (extension.len == 0 || extension.len + 1 == small.len)
		return FILE_NAME_BARE;
	if (kind == NULL && !is_allowed(extension, allowed))
		return FILE_NAME_UNKNOWN;
	if (kind != NULL && kind->is_optional &&
	    !is_allowed(extension, allowed))
		return FILE_NAME_UNKNOWN;
	*out = kind != NULL
		       ? *kind
		       : (struct file_kind){ NULL, bytes, LOOK_UNKNOWN, true };
	return FILE_NAME_FITS;
}

enum file_name file_name_judge_asset(struct file_kind *out, str name)
{
	char room[NAME_ROOM];
	str small = lower(room, str_file_name(name));
	str extension = file_extension(small);
	const struct file_kind *kind =
		find_kind(asset_kinds, COUNT_OF(asset_kinds), extension);

	if (str_is_word_of(small, settings_names) ||
	    str_is_word_of(extension, settings_extensions))
		return FILE_NAME_SETTINGS;
	if (has_part_of(small, on_servers, true))
		return FILE_NAME_SERVED;
	if (kind == NULL && is_active(extension))
		return FILE_NAME_ACTIVE;
	if (has_part_of(small, in_pages, false))
		return FILE_NAME_INSIDE;
	if (extension.len == 0 || extension.len + 1 == small.len)
		return FILE_NAME_BARE;
	if (kind == NULL)
		return FILE_NAME_UNKNOWN;
	*out = *kind;
	return FILE_NAME_FITS;
}

const struct file_kind *file_kind_next(size_t *i)
{
	static const struct file_kind page = { "html", "text/html", LOOK_TEXT,
					       false };
	size_t at = (*i)++;

	if (at == 0)
		return &page;
	if (--at < file_kind_count)
		return &file_kinds[at];
	for (at -= file_kind_count; at < COUNT_OF(asset_kinds); at++, (*i)++)
		if (find_kind(file_kinds, file_kind_count,
			      str_from_c(asset_kinds[at].extension)) == NULL)
			return &asset_kinds[at];
	return NULL;
}

const char *file_kind_mime(str extension)
{
	const struct file_kind *kind;

	for (size_t i = 0; (kind = file_kind_next(&i)) != NULL;)
		if (str_equal_ignoring_case(extension,
					    str_from_c(kind->extension)))
			return kind->mime;
	return NULL;
}

bool file_extension_may_be_allowed(str extension)
{
	return str_is_word_of(extension, on_demand) ||
	       find_kind(file_kinds, file_kind_count, extension) != NULL;
}

/* --- bytes --- */

struct bytes {
	uint16_t offset;
	uint8_t length;
	const char *bytes;
};

/* A look may have several rows; all parts of one must be there. */
struct signature {
	enum file_look look;
	struct bytes parts[2];
};

#define AT(offset, bytes)                                                      \
	{                                                                      \
		offset, sizeof(bytes) - 1, bytes                               \
	}
#define OLE "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#define ASF "\x30\x26\xb2\x75\x8e\x66\xcf\x11"
#define MATROSKA "\x1a\x45\xdf\xa3"
#define SEVEN "7z\xbc\xaf\x27\x1c"

static const struct signature signatures[] = {
	{ LOOK_OFFICE_OLD, { AT(0, OLE) } },
	{ LOOK_OFFICE_OLD, { AT(0, "PK\3\4") } },
	{ LOOK_OFFICE_OLD, { AT(0, "{\\rtf") } },
	{ LOOK_OFFICE, { AT(0, "PK\3\4") } },
	{ LOOK_OFFICE, { AT(0, OLE) } },
	{ LOOK_RTF, { AT(0, "{\\rtf") } },
	{ LOOK_ZIP, { AT(0, "PK\3\4") } },
	{ LOOK_ZIP, { AT(0, "PK\5\6") } }, /* nothing in it */
	{ LOOK_ZIP, { AT(0, "PK\7\10PK\3\4") } },
	{ LOOK_PDF, { AT(0, "%PDF-") } },
	{ LOOK_JPEG, { AT(0, "\xff\xd8\xff") } },
	{ LOOK_PNG, { AT(0, "\x89PNG\r\n\x1a\n") } },
	{ LOOK_GIF, { AT(0, "GIF87a") } },
	{ LOOK_GIF, { AT(0, "GIF89a") } },
	{ LOOK_WEBP, { AT(0, "RIFF"), AT(8, "WEBP") } },
	{ LOOK_AVIF, { AT(4, "ftypavif") } },
	{ LOOK_AVIF, { AT(4, "ftypavis") } },
	{ LOOK_AVIF, { AT(4, "ftypmif1") } },
	{ LOOK_BMP, { AT(0, "BM"), AT(6, "\0\0\0\0") } },
	{ LOOK_TIFF, { AT(0, "II*\0") } },
	{ LOOK_TIFF, { AT(0, "MM\0*") } },
	{ LOOK_ICO, { AT(0, "\0\0\1\0") } },
	{ LOOK_MP3, { AT(0, "ID3") } },
	{ LOOK_MP3, { AT(0, "\xff\xfb") } },
	{ LOOK_MP3, { AT(0, "\xff\xfa") } },
	{ LOOK_MP3, { AT(0, "\xff\xf3") } },
	{ LOOK_MP3, { AT(0, "\xff\xf2") } },
	{ LOOK_MP3, { AT(0, "\xff\xe3") } },
	{ LOOK_MP4, { AT(4, "ftyp") } },
	{ LOOK_MP4, { AT(4, "moov") } },
	{ LOOK_MP4, { AT(4, "mdat") } },
	{ LOOK_MP4, { AT(4, "wide") } },
	{ LOOK_MP4, { AT(4, "free") } },
	{ LOOK_MP4, { AT(4, "skip") } },
	{ LOOK_WAV, { AT(0, "RIFF"), AT(8, "WAVE") } },
	{ LOOK_OGG, { AT(0, "OggS") } },
	{ LOOK_FLAC, { AT(0, "fLaC") } },
	{ LOOK_AAC, { AT(0, "\xff\xf1") } },
	{ LOOK_AAC, { AT(0, "\xff\xf9") } },
	{ LOOK_AAC, { AT(0, "ADIF") } },
	{ LOOK_AAC, { AT(0, "ID3") } },
	{ LOOK_MATROSKA, { AT(0, MATROSKA) } },
	{ LOOK_AVI, { AT(0, "RIFF"), AT(8, "AVI ") } },
	{ LOOK_ASF, { AT(0, ASF) } },
	{ LOOK_FLV, { AT(0, "FLV\1") } },
	{ LOOK_MPEG, { AT(0, "\0\0\1\xba") } },
	{ LOOK_MPEG, { AT(0, "\0\0\1\xb3") } },
	{ LOOK_RAR, { AT(0, "Rar!\x1a\7") } },
	{ LOOK_7Z, { AT(0, SEVEN) } },
	{ LOOK_GZIP, { AT(0, "\x1f\x8b") } },
	{ LOOK_BZIP2, { AT(0, "BZh") } },
	{ LOOK_XZ,
	  { AT(0, "\xfd"
		  "7zXZ\0") } },
	{ LOOK_TAR, { AT(257, "ustar") } },
	{ LOOK_FONT, { AT(0, "wOF2") } },
	{ LOOK_FONT, { AT(0, "wOFF") } },
	{ LOOK_FONT, { AT(0, "OTTO") } },
	{ LOOK_FONT, { AT(0, "true") } },
	{ LOOK_FONT, { AT(0, "\0\1\0\0") } },
};

static bool has_part(struct bytes part, str head)
{
	return (size_t)part.offset + part.length <= head.len &&
	       (part.length == 0 ||
		memcmp(head.data + part.offset, part.bytes, part.length) == 0);
}

static bool has_signature(enum file_look look, str head)
{
	for (size_t i = 0; i < COUNT_OF(signatures); i++)
		if (signatures[i].look == look &&
		    has_part(signatures[i].parts[0], head) &&
		    has_part(signatures[i].parts[1], head))
			return true;
	return false;
}

/*
 * GBK, GB18030 or Big5: a byte from 81 on begins a character of two bytes or,
 * with a digit behind it, of four. The last one may be cut.
 */
static bool is_legacy_chinese(str head)
{
	const unsigned char *bytes = (const unsigned char *)head.data;
	size_t at = 0;

	while (at < head.len) {
		if (bytes[at] < 0x80) {
			at++;
			continue;
		}
		if (!byte_is_between(bytes[at], 0x81, 0xfe))
			return false;
		if (at + 1 < head.len &&
		    !byte_is_between(bytes[at + 1], 0x40, 0xfe) &&
		    !byte_is_between(bytes[at + 1], 0x30, 0x39))
			return false;
		at += at + 1 < head.len &&
				      byte_is_between(bytes[at + 1], 0x30, 0x39)
			      ? 4
			      : 2;
	}
	return true;
}

/* UTF-8 whose last character may be cut by the end of the head. */
static bool is_utf8(str head)
{
	size_t bad = unicode_invalid_at(head);

	return bad == STR_NONE || (head.len == FILE_HEAD && head.len - bad < 4);
}

/* Controls that no text has; a text may end in the one of old systems. */
static bool has_controls(str head)
{
	for (size_t i = 0; i < head.len; i++) {
		unsigned char c = (unsigned char)head.data[i];

		if ((c < 0x20 && (c < '\t' || c > '\r') && c != 0x1b &&
		     !(c == 0x1a && i + 1 == head.len)) ||
		    c == 0x7f)
			return true;
	}
	return false;
}

static bool is_text(str head)
{
	return !has_controls(head) &&
	       (is_utf8(head) || is_legacy_chinese(head));
}

/* Without a byte order mark and white space. */
static str content_of(str head)
{
	if (str_starts_with(head, STR("\xef\xbb\xbf")))
		head = str_from(head, 3);
	while (head.len > 0 && (unsigned char)head.data[0] <= ' ')
		head = str_from(head, 1);
	return head;
}

/* A tag, a comment, a declaration or an instruction at the head. */
static bool begins_markup(str head)
{
	char c;

	head = content_of(head);
	if (head.len < 2 || head.data[0] != '<')
		return false;
	c = head.data[1];
	return byte_is_letter(c) || c == '!' || c == '?' || c == '/' ||
	       c == '%';
}

static bool begins_program(str head)
{
	static const struct bytes programs[] = {
		AT(0, "MZ"),
		AT(0, "\x7f"
		      "ELF"),
		AT(0, "#!"),
		AT(0, "\xca\xfe\xba\xbe"),
		AT(0, "\xcf\xfa\xed\xfe"),
		AT(0, "\xfe\xed\xfa"),
		AT(0, "dex\n"),
		AT(0, "CWS"),
		AT(0, "FWS"),
		AT(0, "ZWS"),
		AT(0, "\0asm"),
		AT(0, "ITSF"),
		AT(0, "L\0\0\0\1\x14\2\0"),
	};

	for (size_t i = 0; i < COUNT_OF(programs); i++)
		if (has_part(programs[i], head))
			return true;
	return false;
}

static bool is_json(str head)
{
	str content = content_of(head);

	return is_text(head) && content.len > 0 &&
	       (content.data[0] == '{' || content.data[0] == '[');
}

/*
 * Of a text in UTF-16 or UTF-32, whose tags nobody would find, the marks, or
 * its first tag: readers of XML guess by that.
 */
static bool begins_wide(str head)
{
	return str_starts_with(head, STR("\xff\xfe")) ||
	       str_starts_with(head, STR("\xfe\xff")) ||
	       has_part((struct bytes)AT(0, "<\0"), head) ||
	       has_part((struct bytes)AT(0, "\0<"), head) ||
	       has_part((struct bytes)AT(0, "\0\0\0<"), head) ||
	       has_part((struct bytes)AT(0, "\x4c\x6f\xa7\x94"), head);
}

str file_bytes_guess(str head)
{
	for (size_t i = 0; i < file_kind_count; i++)
		if (file_kinds[i].look < LOOK_TEXT &&
		    has_signature(file_kinds[i].look, head))
			return str_from_c(file_kinds[i].extension);
	if (begins_markup(head))
		return STR("html");
	if (begins_program(head))
		return STR("exe");
	return is_json(head)   ? STR("json")
	       : is_text(head) ? STR("txt")
			       : STR("");
}

bool file_bytes_fit(enum file_look look, str head)
{
	switch (look) {
	case LOOK_TEXT:
		return is_text(head) && !begins_markup(head) &&
		       !begins_program(head);
	case LOOK_JSON:
		return is_json(head);
	case LOOK_SVG:
	case LOOK_XML: /* their readers say more */
		return begins_markup(head);
	case LOOK_UNKNOWN:
		return head.len > 0 && !begins_markup(head) &&
		       !begins_program(head) && !begins_wide(head);
	default:
		return has_signature(look, head);
	}
}
