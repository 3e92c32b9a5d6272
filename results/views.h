/* The views of a results file: shown values under readable names, for people without echelon. */
#ifndef ECH_VIEWS_H
#define ECH_VIEWS_H

#include "results/schema.h"

/** Creates the views on the tables of ech_schema_create(). */
void ech_views_create(struct ech_sql *sql, const struct ech_shape *shape);

/** Removes all views. */
void ech_views_drop(struct ech_sql *sql);

#endif
