/* The yardstick: a model a third as rich as ours, written as plain C is written every day. */
#ifndef BENCH_PLAIN_H
#define BENCH_PLAIN_H

#include <stddef.h>

/** What a run of the plain model gave. */
struct plain_result {
    double person_months; /* of people in service, over all months */
    long exits;
    long retirements;
    long promotions;
    long swaps;
    size_t bytes; /* of its arrays */
};

/**
 * Five grades in twenty units, exits by grade and tenure, retirement at sixty, promotion by seniority
 * into what falls vacant, a yearly assessment and yearly swaps between units. An array of structs, GSL's
 * mt19937, one draw for each person and month; a vacancy looks for the longest in the grade below.
 */
struct plain_result plain_run(int n_people, int n_months, unsigned long seed);

#endif
