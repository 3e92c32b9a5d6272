#include "plots/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILLS = 9 };

void ech_text_free(struct ech_text *text)
{
    free(text->bytes);
    *text = (struct ech_text){0};
}

static bool reserve(struct ech_text *text, size_t n)
{
    if (text->failed || n >= SIZE_MAX / 4 - text->length) {
        text->failed = true;
        return false;
    }
    size_t needed = text->length + n + 1;
    if (needed <= text->capacity) {
        return true;
    }
    size_t capacity = needed + needed / 2 + 64;
    char *bytes = realloc(text->bytes, capacity);
    if (!bytes) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void ech_text_bytes(struct ech_text *text, const char *bytes, size_t n)
{
    if (n == 0 || !reserve(text, n)) {
        return;
    }
    memcpy(text->bytes + text->length, bytes, n);
    text->length += n;
    text->bytes[text->length] = '\0';
}

void ech_text_add(struct ech_text *text, const char *string)
{
    if (string) {
        ech_text_bytes(text, string, strlen(string));
    }
}

void ech_text_print(struct ech_text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n >= 0 && reserve(text, (size_t)n)) {
        vsnprintf(text->bytes + text->length, (size_t)n + 1, format, again);
        text->length += (size_t)n;
    } else {
        text->failed = true;
    }
    va_end(again);
}

static int fill_number(const char *at)
{
    bool is_fill = at[0] == '{' && at[1] >= '1' && at[1] <= '9' && at[2] == '}';
    return is_fill ? at[1] - '0' : 0;
}

void ech_text_fill(struct ech_text *text, const char *words, ...)
{
    const char *fills[MAX_FILLS] = {0};
    int n_fills = 0;
    va_list args;
    va_start(args, words);
    for (const char *fill; n_fills < MAX_FILLS && (fill = va_arg(args, const char *)) != NULL;) {
        fills[n_fills++] = fill;
    }
    va_end(args);
    for (const char *at = words; *at;) {
        int number = fill_number(at);
        if (number) {
            ECH_ASSERT(number <= n_fills);
            ech_text_add(text, fills[number - 1]);
            at += 3;
        } else {
            size_t plain = 1 + strcspn(at + 1, "{");
            ech_text_bytes(text, at, plain);
            at += plain;
        }
    }
}

const char *ech_text_string(const struct ech_text *text)
{
    return text->bytes ? text->bytes : "";
}

enum ech_status ech_text_status(const struct ech_text *text, const char *what,
                                struct ech_error *error)
{
    if (text->failed) {
        return ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = what});
    }
    return ECH_OK;
}
