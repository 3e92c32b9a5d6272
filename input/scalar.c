#include "input/scalar.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_digits(const char *text)
{
    while (isdigit((unsigned char)*text)) {
        text++;
    }
    return text;
}

/** End of the whole number at the start of text, or NULL if there is none: -?(0|[1-9][0-9]*). */
static const char *whole_end(const char *text)
{
    const char *digits = text + (*text == '-');
    const char *end = skip_digits(digits);
    bool leading_zero = digits[0] == '0' && end > digits + 1;
    return end == digits || leading_zero ? NULL : end;
}

bool ech_scalar_whole(const char *text, double *number)
{
    const char *end = whole_end(text);
    if (end == NULL || *end != '\0') {
        return false;
    }
    *number = strtod(text, NULL);
    return true;
}

bool ech_scalar_number(const char *text, double *number)
{
    const char *end = whole_end(text);
    if (end != NULL && *end == '.') {
        const char *fraction = end + 1;
        end = skip_digits(fraction);
        end = end == fraction ? NULL : end;
    }
    if (end != NULL && (*end == 'e' || *end == 'E')) {
        const char *power = end + 1 + (end[1] == '-' || end[1] == '+');
        end = skip_digits(power);
        end = end == power ? NULL : end;
    }
    if (end == NULL || *end != '\0') {
        return false;
    }
    *number = strtod(text, NULL);
    return true;
}

bool ech_scalar_flag(const char *text, double *number)
{
    *number = strcmp(text, "true") == 0;
    return *number != 0 || strcmp(text, "false") == 0;
}

bool ech_scalar_month(const char *text, double *number)
{
    if (strlen(text) != 7 || text[4] != '-' || skip_digits(text) != text + 4 ||
        skip_digits(text + 5) != text + 7) {
        return false;
    }
    int year = atoi(text);
    int month = atoi(text + 5);
    *number = year * 12 + month - 1;
    return year >= 1900 && year <= 2200 && month >= 1 && month <= 12;
}

bool ech_scalar_months(const char *text, int unit_months, double *months)
{
    char digits[32];
    size_t length = strcspn(text, " my");
    const char *unit = text + length + (text[length] == ' ');
    if (length >= sizeof digits) {
        return false;
    }
    memcpy(digits, text, length);
    digits[length] = '\0';
    bool years = strcmp(unit, "y") == 0;
    bool plain = text[length] == '\0';
    if (!ech_scalar_number(digits, months) || !(years || plain || strcmp(unit, "m") == 0)) {
        return false;
    }
    *months *= years ? 12 : plain ? unit_months : 1;
    /* 52.1 years is a decimal fraction: forgive its last bit, not a part of a month */
    bool whole = isinf(*months) || fabs(*months - round(*months)) < 1e-6;
    *months = whole ? round(*months) : *months;
    return whole;
}

const char *ech_scalar_text(double number, struct ech_arena *arena)
{
    char text[40];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number) {
            break;
        }
    }
    if (strchr(text, 'e') != NULL && fabs(number) >= 1 && fabs(number) < 1e15) {
        snprintf(text, sizeof text, "%.15g", number);
    }
    return ech_arena_text(arena, text, strlen(text));
}

const char *ech_scalar_sum_text(double sum, struct ech_arena *arena)
{
    char text[40];
    snprintf(text, sizeof text, "%.12g", sum);
    return ech_scalar_text(strtod(text, NULL), arena);
}

const char *ech_scalar_month_text(int month, struct ech_arena *arena)
{
    return ech_arena_format(arena, "%04d-%02d", month / 12, month % 12 + 1);
}
