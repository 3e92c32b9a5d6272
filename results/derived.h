/* Measures that no run stores, since they come of comparing two scenarios. */
#ifndef ECH_DERIVED_H
#define ECH_DERIVED_H

#include "model/error.h"

enum { ECH_DERIVED_PARTS = 2 };

/** A derived measure: one row of the table. */
struct ech_derived {
    const char *name;
    const char *unit;
    const char *parts[ECH_DERIVED_PARTS]; /* the stored measures that it is made of */
    const char *label[ECH_N_LANGS];
    const char *text; /* in English, as in measures.def */
};

/** The table: rows [ech_n_derived]. */
extern const struct ech_derived ech_derived_rows[];
/** Their number. */
extern const int ech_n_derived;

/** The row of a name, or NULL. */
const struct ech_derived *ech_derived_find(const char *name);

#endif
