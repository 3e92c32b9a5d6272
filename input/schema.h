/* Checking one file against the keys that it may hold. */
#ifndef ECH_SCHEMA_H
#define ECH_SCHEMA_H

#include "input/keys.h"

/** Number that stands for the word `rest` in a band of ages. */
#define ECH_REST (-1)

/**
 * Checks a map against its fields and everything below it, records all that is wrong, and fills
 * number, policy and bad of the nodes.
 */
void ech_schema_check(struct ech_checker *checker, struct ech_node *map,
                      const struct ech_field *fields);

/** Reads a number without quotes into node->number; false if it is none (nothing is recorded). */
bool ech_schema_number(struct ech_node *node, bool whole);

#endif
