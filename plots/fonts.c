#include "plots/fonts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/glyphs.h"
#include "plots/process.h"

static const double seconds_allowed = 20;
static const char package[] = "fonts-wqy-zenhei";

/* Families in order of liking; a name that begins so is taken. */
static const char *const liked[] = {"Noto Sans CJK SC", "Source Han Sans", "Noto Sans SC",
                                    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei"};

static int liking(const char *family)
{
    int n = (int)(sizeof liked / sizeof *liked);
    for (int i = 0; i < n; i++) {
        size_t length = strlen(liked[i]);
        bool exact = strncmp(family, liked[i], length) == 0 && strchr(",\t", family[length]);
        if (exact) {
            return n - i;
        }
    }
    return 0;
}

/* One line "family,other names<TAB>face<TAB>file" of fc-list. */
static bool read_font(const char *line, struct ech_font *font)
{
    const char *face = strchr(line, '\t');
    const char *file = face ? strchr(face + 1, '\t') : NULL;
    size_t length = strcspn(line, ",\t");
    if (!file || length == 0 || length >= sizeof font->family) {
        return false;
    }
    *font = (struct ech_font){.scale = 1, .face = atoi(face + 1)};
    memcpy(font->family, line, length);
    snprintf(font->file, sizeof font->file, "%s", file + 1);
    return true;
}

/* The best liked line of fc-list; `list` is cut into lines. */
static bool choose(char *list, struct ech_font *font)
{
    int best = -1;
    for (char *line = list, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next) {
            *next++ = '\0';
        }
        struct ech_font candidate;
        if (liking(line) > best && read_font(line, &candidate)) {
            best = liking(line);
            *font = candidate;
        }
    }
    return best >= 0;
}

static bool find_chinese(struct ech_font *font)
{
    static const char *const argv[] = {"fc-list", "--format=%{family[0]},\t%{index}\t%{file}\n",
                                       ":lang=zh", NULL};
    struct ech_process process = {.argv = argv, .seconds = seconds_allowed};
    struct ech_text list = {0}, complaints = {0};
    bool found = ech_process_run(&process, &list, &complaints) == ECH_PROCESS_DONE &&
                 list.length > 0 && choose(list.bytes, font);
    ech_text_free(&list);
    ech_text_free(&complaints);
    return found;
}

enum ech_status ech_font_find(enum ech_lang lang, struct ech_font *font, struct ech_error *error)
{
    if (find_chinese(font)) {
        return ECH_OK;
    }
    if (lang == ECH_LANG_ZH) {
        return ech_fail(error, ECH_ERR_FONT,
                        (struct ech_facts){.value = "fc-list :lang=zh", .hint = package});
    }
    /* what fontconfig gives for this is usually DejaVu Sans, an eighth wider */
    *font = (struct ech_font){.family = "sans-serif", .scale = 0.88};
    return ECH_OK;
}

/* The different characters of a text as "U+..." list for hb-subset. */
static void list_characters(const struct ech_text *words, struct ech_text *list)
{
    enum { N_PLANE = 0x10000 };
    unsigned char *seen = calloc(N_PLANE, 1);
    if (!seen) {
        list->failed = true;
        return;
    }
    for (uint32_t c = 32; c < 127; c++) {
        seen[c] = 1;
    }
    const char *at = ech_text_string(words);
    for (uint32_t glyph; (glyph = ech_glyph_next(&at)) != 0;) {
        if (glyph >= 32 && glyph < N_PLANE) {
            seen[glyph] = 1;
        }
    }
    ech_text_add(list, "--unicodes=");
    for (unsigned c = 0; c < N_PLANE; c++) {
        if (seen[c]) {
            ech_text_print(list, "%x,", c);
        }
    }
    free(seen);
}

static bool is_font_file(const struct ech_text *bytes)
{
    return bytes->length > 1000 &&
           (memcmp(bytes->bytes, "\0\1\0\0", 4) == 0 || memcmp(bytes->bytes, "OTTO", 4) == 0);
}

enum ech_status ech_font_subset(const struct ech_text *words, struct ech_text *bytes,
                                struct ech_error *error)
{
    struct ech_font font = {0};
    enum ech_status status = ech_font_find(ECH_LANG_ZH, &font, error);
    if (status != ECH_OK) {
        return status;
    }
    char face[32];
    struct ech_text unicodes = {0}, complaints = {0};
    snprintf(face, sizeof face, "--face-index=%d", font.face & 0xFFFF);
    list_characters(words, &unicodes);
    const char *const argv[] = {
        "hb-subset", face, "--no-hinting", ech_text_string(&unicodes), "--output-file=-",
        font.file,   NULL};
    struct ech_process process = {.argv = argv, .seconds = seconds_allowed};
    enum ech_process_end end = ech_process_run(&process, bytes, &complaints);
    status = ech_text_status(&unicodes, "hb-subset", error);
    if (status == ECH_OK && (end != ECH_PROCESS_DONE || !is_font_file(bytes))) {
        status = ech_fail(error, ECH_ERR_FONT,
                          (struct ech_facts){.value = "hb-subset", .hint = "libharfbuzz-bin"});
    }
    ech_text_free(&unicodes);
    ech_text_free(&complaints);
    return status;
}
