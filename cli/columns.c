#include "cli/columns.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct range {
    uint32_t from;
    uint32_t to;
};

/* East Asian Width W and F of Unicode 15, joined where the gaps hold no letters of ours. */
static const struct range wide[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF}, {0xA000, 0xA4CF},   {0xA960, 0xA97C},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF}, {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
static const struct range empty[] = {
    {0x0300, 0x036F}, {0x200B, 0x200F}, {0x20D0, 0x20F0}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};

static bool within(uint32_t letter, const struct range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (letter >= ranges[i].from && letter <= ranges[i].to) {
            return true;
        }
    }
    return false;
}

static int letter_width(uint32_t letter)
{
    if (within(letter, empty, sizeof empty / sizeof empty[0])) {
        return 0;
    }
    return within(letter, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}

/** Reads one letter at *text and steps over it; a stray byte counts as a letter of its own. */
static uint32_t next_letter(const char **text)
{
    const unsigned char *byte = (const unsigned char *)*text;
    int more = byte[0] >= 0xF0 ? 3 : byte[0] >= 0xE0 ? 2 : byte[0] >= 0xC0 ? 1 : 0;
    uint32_t letter = more == 0 ? byte[0] : byte[0] & (0x3Fu >> more);
    int length = 1;
    for (; length <= more && (byte[length] & 0xC0) == 0x80; length++) {
        letter = letter << 6 | (byte[length] & 0x3F);
    }
    *text += length;
    return letter;
}

int ech_columns_width(const char *text)
{
    int width = 0;
    while (*text != '\0') {
        width += letter_width(next_letter(&text));
    }
    return width;
}

static void put_blanks(FILE *out, int n)
{
    for (int i = 0; i < n; i++) {
        fputc(' ', out);
    }
}

/** Prints as many letters as fit into `width` columns; gives the columns printed. */
static int put_cut(FILE *out, const char *text, int width)
{
    int used = 0;
    while (*text != '\0') {
        const char *next = text;
        int columns = letter_width(next_letter(&next));
        if (used + columns > width) {
            break;
        }
        fwrite(text, 1, (size_t)(next - text), out);
        used += columns;
        text = next;
    }
    return used;
}

void ech_columns_put(FILE *out, const char *text, int width, enum ech_align align)
{
    int full = ech_columns_width(text);
    if (width > 0 && full > width) {
        int used = put_cut(out, text, width - 1);
        fputs("…", out);
        put_blanks(out, width - 1 - used);
        return;
    }
    if (align == ECH_ALIGN_RIGHT) {
        put_blanks(out, width - full);
    }
    fputs(text, out);
    if (align == ECH_ALIGN_LEFT) {
        put_blanks(out, width - full);
    }
}

/** Punctuation that must not begin a line. */
static bool clings(uint32_t letter)
{
    static const uint32_t closing[] = {0x2019, 0x201D, 0x3001, 0x3002, 0x300B, 0x300D, 0x3011,
                                       0xFF01, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F};
    for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++) {
        if (letter == closing[i]) {
            return true;
        }
    }
    return false;
}

/** Punctuation that must not end a line. */
static bool opens(uint32_t letter)
{
    return letter == 0x2018 || letter == 0x201C || letter == 0x300A || letter == 0x300C ||
           letter == 0x3010 || letter == 0xFF08;
}

/** End of the piece at `text` that may not be broken: a word, or a Chinese character. */
static const char *piece_end(const char *text)
{
    const char *end = text;
    uint32_t last = next_letter(&end);
    while (*end != '\0' && *end != ' ') {
        const char *next = end;
        uint32_t letter = next_letter(&next);
        bool joins_words = letter_width(last) < 2 && letter_width(letter) < 2;
        if (!joins_words && !clings(letter) && !opens(last)) {
            break;
        }
        last = letter;
        end = next;
    }
    return end;
}

static int piece_width(const char *from, const char *to)
{
    int width = 0;
    while (from < to) {
        width += letter_width(next_letter(&from));
    }
    return width;
}

void ech_columns_wrap(FILE *out, const char *text, int at, int indent)
{
    bool starts_line = true;
    while (*text != '\0') {
        bool blank = *text == ' ';
        text += blank ? 1 : 0;
        const char *end = piece_end(text);
        int width = piece_width(text, end);
        blank = blank && !starts_line;
        if (!starts_line && at + width + (blank ? 1 : 0) > ECH_COLUMNS) {
            fputc('\n', out);
            put_blanks(out, indent);
            at = indent;
            blank = false;
        }
        put_blanks(out, blank ? 1 : 0);
        fwrite(text, 1, (size_t)(end - text), out);
        at += width + (blank ? 1 : 0);
        text = end;
        starts_line = false;
    }
    fputc('\n', out);
}
