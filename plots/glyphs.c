#include "plots/glyphs.h"

#include <string.h>

/* Advances of ASCII in hundredths of an em: WenQuanYi Zen Hei, close to Arial and Noto Sans. */
static const unsigned char advances[95] = {
    30, 30, 46, 60, 60, 70, 68, 30, 30, 30, 60, 60, 30, 30, 30, 52, 60, 60, 60, 60, 60, 60, 60, 60,
    60, 60, 30, 30, 60, 60, 60, 54, 80, 56, 62, 62, 66, 56, 48, 66, 66, 26, 40, 62, 50, 82, 66, 66,
    56, 66, 62, 62, 50, 64, 56, 82, 54, 56, 54, 30, 52, 30, 60, 50, 38, 54, 54, 48, 54, 54, 30, 50,
    54, 24, 22, 50, 24, 82, 54, 54, 54, 54, 32, 52, 32, 54, 44, 66, 44, 42, 42, 30, 26, 30, 60};

static int continuation_bytes(unsigned char lead)
{
    if (lead >= 0xF0 && lead < 0xF5) {
        return 3;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
        return 2;
    }
    return lead >= 0xC2 && lead < 0xE0 ? 1 : -1;
}

uint32_t ech_glyph_next(const char **at)
{
    unsigned char lead = (unsigned char)**at;
    if (lead == 0) {
        return 0;
    }
    (*at)++;
    if (lead < 0x80) {
        return lead;
    }
    int n = continuation_bytes(lead);
    if (n < 0) {
        return 0xFFFD;
    }
    uint32_t glyph = lead & (0x3Fu >> n);
    for (int i = 0; i < n; i++) {
        unsigned char byte = (unsigned char)**at;
        if ((byte & 0xC0) != 0x80) {
            return 0xFFFD;
        }
        glyph = glyph << 6 | (byte & 0x3Fu);
        (*at)++;
    }
    return glyph;
}

static bool is_ideograph(uint32_t glyph)
{
    return (glyph >= 0x2E80 && glyph < 0xA000) || (glyph >= 0xF900 && glyph < 0xFB00) ||
           (glyph >= 0xFF00 && glyph < 0xFFE7) || glyph >= 0x20000;
}

static double advance(uint32_t glyph)
{
    if (glyph >= 32 && glyph < 127) {
        return advances[glyph - 32] / 100.0;
    }
    if (is_ideograph(glyph) || glyph == 0x2014 || glyph == 0x2026) {
        return 1;
    }
    return glyph == 0xA0 || glyph == 0xB7 ? 0.3 : 0.65;
}

static bool has_ideograph(const char *string)
{
    for (uint32_t glyph; (glyph = ech_glyph_next(&string)) != 0;) {
        if (is_ideograph(glyph)) {
            return true;
        }
    }
    return false;
}

double ech_glyph_width(const char *string, double size)
{
    double width = 0;
    for (uint32_t glyph; (glyph = ech_glyph_next(&string)) != 0;) {
        width += advance(glyph) * size;
    }
    return width;
}

void ech_glyph_cut(struct ech_text *out, const char *string, double size, double width)
{
    if (ech_glyph_width(string, size) <= width) {
        ech_text_add(out, string);
        return;
    }
    /* Chinese fonts draw the ellipsis at half height, which looks odd behind Latin letters */
    const char *ellipsis = has_ideograph(string) ? "…" : "...";
    double left = width - size;
    const char *end = string;
    for (const char *next = string;;) {
        uint32_t glyph = ech_glyph_next(&next);
        left -= advance(glyph) * size;
        if (glyph == 0 || left < 0) {
            break;
        }
        end = next;
    }
    while (end > string && end[-1] == ' ') {
        end--;
    }
    ech_text_bytes(out, string, (size_t)(end - string));
    ech_text_add(out, ellipsis);
}

/* Marks that may not begin a line. */
static bool is_closing(uint32_t glyph)
{
    static const uint32_t closing[] = {0x3001, 0x3002, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF09, 0xFF1F,
                                       0xFF01, 0x300B, 0x201D, 0x2019, 0x2026, 0xFF05};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
        if (glyph == closing[i]) {
            return true;
        }
    }
    return glyph < 0x80 && glyph != 0 && strchr(",.;:)!?%", (int)glyph) != NULL;
}

static bool is_opening(uint32_t glyph)
{
    return glyph == 0xFF08 || glyph == 0x300A || glyph == 0x201C || glyph == 0x2018 || glyph == '(';
}

/* A line may end between the two. */
static bool may_break(uint32_t before, uint32_t after)
{
    if (after == ' ' || before == ' ') {
        return true;
    }
    bool wide = is_ideograph(before) || is_ideograph(after);
    return wide && !is_closing(after) && !is_opening(before);
}

/* End of the longest line that fits from `start`; all of it if it fits. */
static const char *line_end(const char *start, double size, double width)
{
    const char *best = NULL, *at = start;
    uint32_t before = 0;
    double used = 0;
    for (;;) {
        const char *here = at;
        uint32_t glyph = ech_glyph_next(&at);
        if (glyph == 0) {
            return here;
        }
        if (before && may_break(before, glyph)) {
            best = here;
        }
        used += advance(glyph) * size;
        if (used > width && before && glyph != ' ') {
            return best && best > start ? best : here;
        }
        before = glyph;
    }
}

int ech_glyph_wrap(const char *string, double size, double width, struct ech_text *lines,
                   int max_lines)
{
    int n = 0;
    while (*string && n < max_lines) {
        struct ech_text *line = &lines[n++];
        *line = (struct ech_text){0};
        const char *end = line_end(string, size, width);
        if (n == max_lines && *end) {
            ech_glyph_cut(line, string, size, width);
            break;
        }
        size_t length = (size_t)(end - string);
        while (length > 0 && string[length - 1] == ' ') {
            length--;
        }
        ech_text_bytes(line, string, length);
        string = end + strspn(end, " ");
    }
    return n;
}

static int count_lines(const char *string, double size, double width)
{
    int n = 0;
    for (; *string; n++) {
        string = line_end(string, size, width);
        string += strspn(string, " ");
    }
    return n;
}

/* Narrowest width at which the string still takes n lines. */
static double even_width(const char *string, double size, double width, int n)
{
    double step = width / 64, narrowest = width;
    while (n > 1 && narrowest > width / 2 && count_lines(string, size, narrowest - step) == n) {
        narrowest -= step;
    }
    return narrowest;
}

/* End of the last clause that fits into the width, if the rest then fits into n - 1 lines; or NULL.
   Ideographs have no blanks: a line that ends elsewhere may cut a word. */
static const char *clause_end(const char *string, double size, double width, int n)
{
    const char *end = line_end(string, size, width), *found = NULL;
    for (const char *at = string; at < end;) {
        uint32_t glyph = ech_glyph_next(&at);
        const char *next = at;
        bool ends = glyph == 0xFF0C || glyph == 0xFF1B || glyph == 0xFF1A;
        if ((ends || ech_glyph_next(&next) == 0xFF08) && at <= end &&
            count_lines(at, size, width) <= n - 1) {
            found = at;
        }
    }
    return found;
}

int ech_glyph_wrap_even(const char *string, double size, double width, struct ech_text *lines,
                        int max_lines)
{
    int n = count_lines(string, size, width);
    const char *end = n > 1 && n <= max_lines && has_ideograph(string)
                          ? clause_end(string, size, width, n)
                          : NULL;
    if (end) {
        lines[0] = (struct ech_text){0};
        ech_text_bytes(&lines[0], string, (size_t)(end - string));
        return 1 + ech_glyph_wrap_even(end, size, width, lines + 1, max_lines - 1);
    }
    width = n <= max_lines ? even_width(string, size, width, n) : width;
    return ech_glyph_wrap(string, size, width, lines, max_lines);
}
