/* Words of scenario files that mean numbers and dates: how they are read and how they are written. */
#ifndef ECH_SCALAR_H
#define ECH_SCALAR_H

#include <stdbool.h>

#include "input/arena.h"

/**
 * Reads a decimal number as JSON spells it: no sign plus, leading zero, hexadecimal, `nan` or `inf`.
 * A number too large for a double becomes infinite, so that a range refuses it. Needs the C locale.
 */
bool ech_scalar_number(const char *text, double *number);

/** As ech_scalar_number, for a number without fraction and exponent. */
bool ech_scalar_whole(const char *text, double *number);

/** Reads `true` or `false` as 1 or 0. */
bool ech_scalar_flag(const char *text, double *number);

/** Reads "2019-08" as year * 12 + month - 1, years 1900 to 2200. */
bool ech_scalar_month(const char *text, double *number);

/** Reads months: "60" in units of `unit_months`, "8 y" in years, "18 m" in months; gives months. */
bool ech_scalar_months(const char *text, int unit_months, double *months);

/** The shortest decimal text that reads as the same number; the arena's. */
const char *ech_scalar_text(double number, struct ech_arena *arena);
/** The same of a sum that was computed: to twelve digits, what rounding adds beyond is nobody's. */
const char *ech_scalar_sum_text(double sum, struct ech_arena *arena);

/** "2019-08" for year * 12 + month - 1; the arena's. */
const char *ech_scalar_month_text(int month, struct ech_arena *arena);

#endif
