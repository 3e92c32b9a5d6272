#include "plots/svg.h"

#include <stdio.h>
#include <string.h>

#include "plots/html.h"

/* Where we are in gnuplot's file. */
struct cleaner {
    const struct ech_svg *svg;
    struct ech_text *out;
    struct ech_text group; /* "<g ...>", held back until something comes into it */
    bool in_definitions;   /* marks and filters that our plots do not use */
};

static const char family_list[] =
    "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',Arial,sans-serif";

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

/* "rgb(  0, 114, 178)" as "#0072b2"; gives the length of what it replaces, 0 if it is none. */
static size_t add_colour(struct ech_text *out, const char *at)
{
    unsigned red, green, blue;
    int length = 0;
    if (strncmp(at, "rgb(", 4) != 0 ||
        sscanf(at, "rgb( %u , %u , %u )%n", &red, &green, &blue, &length) != 3 || length == 0) {
        return 0;
    }
    ech_text_print(out, "#%02x%02x%02x", red & 255, green & 255, blue & 255);
    return (size_t)length;
}

/* A tag in fewer bytes: short colours, no ".00", no needless blanks and default attributes. */
static void add_compact(struct ech_text *out, const char *line)
{
    static const char *const needless[] = {" stroke-linecap=\"butt\"", " stroke-linejoin=\"miter\"",
                                           "\t", ".00"};
    while (*line) {
        size_t skipped = add_colour(out, line);
        for (size_t i = 0; i < sizeof needless / sizeof *needless && !skipped; i++) {
            size_t length = strlen(needless[i]);
            bool digits_go_on = line[0] == '.' && line[length] >= '0' && line[length] <= '9';
            skipped = strncmp(line, needless[i], length) == 0 && !digits_go_on ? length : 0;
        }
        bool blank = line[0] == ' ' && strchr(" ='/>", line[1]) && line[1];
        bool after_sign = line[0] == ' ' && out->length > 0 && out->bytes[out->length - 1] == '=';
        if (!skipped && !blank && !after_sign) {
            ech_text_bytes(out, line, 1);
        }
        line += skipped ? skipped : 1;
    }
}

static void drop_group(struct cleaner *cleaner)
{
    cleaner->group.length = 0;
    if (cleaner->group.bytes) {
        cleaner->group.bytes[0] = '\0';
    }
}

/* Words stay as they are, whatever they look like. */
static bool is_words(const char *line, size_t n)
{
    size_t blank = strspn(line, "\t ");
    return n > blank + 5 && memcmp(line + blank, "<text", 5) == 0;
}

static void keep_words(struct cleaner *cleaner, const char *line, size_t n)
{
    size_t blank = strspn(line, "\t ");
    add_compact(cleaner->out, ech_text_string(&cleaner->group));
    drop_group(cleaner);
    ech_text_bytes(cleaner->out, line + blank, n - blank);
}

/* A line that stays, as it is to be written. */
static void keep_line(struct cleaner *cleaner, const char *line, size_t n)
{
    struct ech_text kept = {0};
    if (contains(line, n, " font-family=\"")) {
        add_font_line(&kept, line, n);
    } else if (contains(line, n, " shape-rendering='")) {
        add_without(&kept, line, n, " shape-rendering='");
    } else {
        add_without(&kept, line, n, " id=\"");
    }
    const char *string = ech_text_string(&kept);
    const char *tag = string + strspn(string, "\t ");
    bool empty = cleaner->group.length > 0 && strncmp(tag, "</g>", 4) == 0;
    if (empty) {
        drop_group(cleaner);
    } else {
        add_compact(cleaner->out, ech_text_string(&cleaner->group));
        drop_group(cleaner);
        if (strncmp(tag, "<g ", 3) == 0 && !strchr(tag, '\'')) {
            ech_text_add(&cleaner->group, string);
        } else {
            add_compact(cleaner->out, string);
        }
    }
    cleaner->out->failed = cleaner->out->failed || kept.failed || cleaner->group.failed;
    ech_text_free(&kept);
}

/* One line of gnuplot's file with its newline. */
static void clean_line(struct cleaner *cleaner, const char *line, size_t n)
{
    bool within = cleaner->svg->within;
    if (is_words(line, n)) {
        keep_words(cleaner, line, n);
        return;
    }
    if (contains(line, n, "<defs>")) {
        cleaner->in_definitions = true;
    }
    if (contains(line, n, "</defs>")) {
        cleaner->in_definitions = false;
        return;
    }
    bool needless = (contains(line, n, "<?xml") && within) || contains(line, n, "<desc>") ||
                    contains(line, n, "xmlns:xlink") || n <= 1;
    if (cleaner->in_definitions || needless || (contains(line, n, " xmlns=") && within)) {
        return; /* HTML knows the namespace, and no links are left */
    }
    if (contains(line, n, "<svg")) {
        add_root(cleaner);
    } else if (contains(line, n, "<title>Gnuplot</title>")) {
        add_title(cleaner);
    } else if (contains(line, n, "<title>$")) {
        keep_line(cleaner, "<g>\n", 4);
    } else {
        keep_line(cleaner, line, n);
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
    ech_text_free(&cleaner.group);
}
