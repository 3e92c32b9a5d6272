/* How long it takes from nomination to office. */
#ifndef ECH_PROCEDURE_H
#define ECH_PROCEDURE_H

#include "model/state.h"

/** Months of the procedure of a post for this nominee: drawn once for the pair of opening and person. */
int ech_procedure_months(const struct ech_run *run, ech_id post, ech_key person);

#endif
