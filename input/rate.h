/* Spellings of a rate: 0.02, {annual: p}, {monthly: p}, {logit: x}, tables by service or age. */
#ifndef ECH_RATE_H
#define ECH_RATE_H

#include "input/refuse.h"
#include "model/params.h"

/**
 * Reads a rate; the checker's arena owns it. A number is a hazard in 1/year in the row's range;
 * {annual: p} is the hazard -ln(1 - p); {monthly: p} and {logit: x} (p = 1 / (1 + exp(-x))) are exact
 * monthly probabilities, and so is {logit: {intercept: a, age: b, ...}, frozen: true}, a logit of the
 * terms of ech_logit_names; {service: [[months, value], ...]} and {age: ...} are steps of such values.
 * Records what is wrong and gives NULL then; the node becomes bad.
 */
const struct ech_rate *ech_rate_read(struct ech_checker *checker, struct ech_node *node,
                                     const struct ech_param_row *row);

/** Canonical spelling of a rate; the arena's. */
const char *ech_rate_text(const struct ech_rate *rate, struct ech_arena *arena);

#endif
