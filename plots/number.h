/* Numbers as words: the same in every locale, thousands spaced, a true minus sign. */
#ifndef ECH_NUMBER_H
#define ECH_NUMBER_H

#include <stdint.h>

#include "model/error.h"

/** Where there is no number: pages and pictures say below what it means. */
#define ECH_NUMBER_NONE "–"

/** A number in words; NAN is ECH_NUMBER_NONE. Returned by value so that it can be used within one
    expression. */
struct ech_number {
    char s[48];
};

/** "1 234.5" with this many decimals (0 to 6), blanks being non-breaking. */
struct ech_number ech_number(double value, int decimals);
/** The same with "+" before what is above 0. */
struct ech_number ech_number_signed(double value, int decimals);
/** A count without decimals, but one decimal where it is under 10 and not whole. */
struct ech_number ech_number_people(double value);
/** A share as per cent with this many decimals, without the sign %. */
struct ech_number ech_number_percent(double share, int decimals);
/** Yuan in thousands without decimals, in Chinese in tens of thousands with one. */
struct ech_number ech_number_yuan(double value, enum ech_lang lang);
/** The same with "+" before what is above 0. */
struct ech_number ech_number_yuan_signed(double value, enum ech_lang lang);
/** "2019-08" of year * 12 + month - 1. */
struct ech_number ech_number_month(int month);
/** Calendar year in which the y-th year after the start ends. */
int ech_number_year(int start_month, int y);
/** A 64-bit whole number without blanks, as it would be typed. */
struct ech_number ech_number_seed(uint64_t seed);

#endif
