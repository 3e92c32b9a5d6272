#include "plots/svg.h"

#include <string.h>

#include "plots/html.h"

/* Where we are in gnuplot's file. */
struct cleaner {
    const struct ech_svg *svg;
    struct ech_text *out;
    bool in_definitions; /* marks and filters that our plots do not use */
};

static const char family_list[] =
    "'Noto Sans CJK SC','WenQuanYi Zen Hei','PingFang SC','Microsoft YaHei',Arial,sans-serif";

static const char *find(const char *line, size_t n, const char *what)
{
    size_t length = strlen(what);
    for (size_t i = 0; i + length <= n; i++) {
        if (memcmp(line + i, what, length) == 0) {
            return line + i;
        }
    }
    return NULL;
}

static bool contains(const char *line, size_t n, const char *what)
{
    return find(line, n, what) != NULL;
}

/* Copies a line without the attribute `name`="...". */
static void add_without(struct ech_text *out, const char *line, size_t n, const char *name)
{
    const char *at = find(line, n, name);
    const char *value = at ? at + strlen(name) : NULL;
    const char *end = at ? memchr(value, *(value - 1), n - (size_t)(value - line)) : NULL;
    if (!end) {
        ech_text_bytes(out, line, n);
        return;
    }
    ech_text_bytes(out, line, (size_t)(at - line));
    ech_text_bytes(out, end + 1, n - (size_t)(end + 1 - line));
}

/* "<g ... font-family="X:Bold" ...>" with the family left to the root. */
static void add_font_line(struct ech_text *out, const char *line, size_t n)
{
    bool bold = contains(line, n, ":Bold\"");
    struct ech_text plain = {0};
    add_without(&plain, line, n, " font-family=\"");
    const char *string = ech_text_string(&plain);
    const char *end = strrchr(string, '>');
    if (bold && end) {
        ech_text_bytes(out, string, (size_t)(end - string));
        ech_text_add(out, " font-weight=\"bold\"");
        ech_text_add(out, end);
    } else {
        ech_text_add(out, string);
    }
    out->failed = out->failed || plain.failed;
    ech_text_free(&plain);
}

static void add_root(struct cleaner *cleaner)
{
    const struct ech_svg *svg = cleaner->svg;
    ech_text_add(cleaner->out, "<svg role=\"img\"");
    if (!svg->within) {
        ech_html_fill(cleaner->out, " font-family=\"'{1}',", svg->font, NULL);
        ech_text_fill(cleaner->out, "{1}\"", family_list, NULL);
    }
    ech_text_add(cleaner->out, "\n");
}

static void add_title(struct cleaner *cleaner)
{
    ech_html_fill(cleaner->out, "<title>{1}</title>\n<desc>{2}</desc>\n", cleaner->svg->title,
                  cleaner->svg->description, NULL);
}

/* One line of gnuplot's file with its newline. */
static void clean_line(struct cleaner *cleaner, const char *line, size_t n)
{
    if (contains(line, n, "<defs>")) {
        cleaner->in_definitions = true;
    }
    if (contains(line, n, "</defs>")) {
        cleaner->in_definitions = false;
        return;
    }
    bool xml = contains(line, n, "<?xml") && cleaner->svg->within;
    if (cleaner->in_definitions || xml || contains(line, n, "<desc>") || n <= 1) {
        return;
    }
    if (contains(line, n, "<svg")) {
        add_root(cleaner);
    } else if (contains(line, n, "<title>Gnuplot</title>")) {
        add_title(cleaner);
    } else if (contains(line, n, "xmlns:xlink") ||
               (contains(line, n, " xmlns=") && cleaner->svg->within)) {
        return; /* HTML knows the namespace, and no links are left */
    } else if (contains(line, n, "<title>$")) {
        ech_text_add(cleaner->out, "\t<g>\n");
    } else if (contains(line, n, " font-family=\"")) {
        add_font_line(cleaner->out, line, n);
    } else if (contains(line, n, " shape-rendering='")) {
        add_without(cleaner->out, line, n, " shape-rendering='");
    } else {
        add_without(cleaner->out, line, n, " id=\"");
    }
}

void ech_svg_clean(const struct ech_text *raw, const struct ech_svg *svg, struct ech_text *clean)
{
    struct cleaner cleaner = {.svg = svg, .out = clean};
    for (const char *line = ech_text_string(raw); *line;) {
        const char *newline = strchr(line, '\n');
        size_t n = newline ? (size_t)(newline - line) + 1 : strlen(line);
        clean_line(&cleaner, line, n);
        line += n;
    }
}
