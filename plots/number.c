#include "plots/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char minus[] = "\xE2\x88\x92";
static const char no_break[] = "\xC2\xA0";

static void append(struct ech_number *number, const char *string)
{
    size_t used = strlen(number->s);
    snprintf(number->s + used, sizeof number->s - used, "%s", string);
}

static void append_thousands(struct ech_number *number, long long whole)
{
    char part[24];
    if (whole >= 1000) {
        append_thousands(number, whole / 1000);
        append(number, no_break);
        snprintf(part, sizeof part, "%03lld", whole % 1000);
    } else {
        snprintf(part, sizeof part, "%lld", whole);
    }
    append(number, part);
}

static struct ech_number write_number(double value, int decimals, const char *plus)
{
    struct ech_number number = {""};
    if (isnan(value) || fabs(value) > 1e12) {
        append(&number, ECH_NUMBER_NONE);
        return number;
    }
    long long scale = 1;
    for (int i = 0; i < decimals; i++) {
        scale *= 10;
    }
    long long rounded = llround(fabs(value) * (double)scale);
    if (rounded > 0) { /* what rounds to nothing has no sign */
        append(&number, value < 0 ? minus : plus);
    }
    append_thousands(&number, rounded / scale);
    if (decimals > 0) {
        /* Its leading 1 keeps the zeros behind the point and gives way to the point. */
        char part[24];
        snprintf(part, sizeof part, "%lld", scale + rounded % scale);
        part[0] = '.';
        append(&number, part);
    }
    return number;
}

struct ech_number ech_number(double value, int decimals)
{
    return write_number(value, decimals, "");
}

struct ech_number ech_number_signed(double value, int decimals)
{
    return write_number(value, decimals, "+");
}

static struct ech_number write_yuan(double value, enum ech_lang lang, const char *plus)
{
    return lang == ECH_LANG_ZH ? write_number(value / 1e4, 1, plus)
                               : write_number(value / 1e3, 0, plus);
}

struct ech_number ech_number_yuan(double value, enum ech_lang lang)
{
    return write_yuan(value, lang, "");
}

struct ech_number ech_number_yuan_signed(double value, enum ech_lang lang)
{
    return write_yuan(value, lang, "+");
}

struct ech_number ech_number_people(double value)
{
    bool whole = fabs(value) >= 9.95 || fabs(value - round(value)) < 0.05;
    return ech_number(value, whole ? 0 : 1);
}

struct ech_number ech_number_percent(double share, int decimals)
{
    return ech_number(share * 100, decimals);
}

struct ech_number ech_number_month(int month)
{
    struct ech_number number;
    snprintf(number.s, sizeof number.s, "%04d-%02d", month / 12, month % 12 + 1);
    return number;
}

int ech_number_year(int start_month, int y)
{
    return start_month / 12 + y;
}

struct ech_number ech_number_seed(uint64_t seed)
{
    struct ech_number number;
    snprintf(number.s, sizeof number.s, "%" PRIu64, seed);
    return number;
}
