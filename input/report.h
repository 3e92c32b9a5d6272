/* Putting a list of problems into the order in which a user reads them. */
#ifndef ECH_REPORT_H
#define ECH_REPORT_H

#include "model/error.h"

/**
 * Sorts the problems from number `from` on by file, line and column, drops those that say the same
 * twice, and gives the gravest of their statuses (ECH_OK: there are none).
 */
enum ech_status ech_report_finish(struct ech_error *error, int from);

#endif
