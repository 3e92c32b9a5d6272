/* How large a results file will be, known before anything is run. */
#ifndef ECH_SIZE_H
#define ECH_SIZE_H

#include "results/schema.h"
#include "results/store.h"

enum { ECH_PAGE_BYTES = 8192, ECH_MAX_PAGES = 1073741823 }; /* of the database */

/** The shape of the file that a plan asks for; levels are those of the plan's scenarios. */
struct ech_shape ech_size_shape(const struct ech_store_plan *plan);

/** ECH_ERR_TOO_LARGE where the database or the free space beside the file cannot hold it. */
enum ech_status ech_size_check(const struct ech_store_plan *plan, const struct ech_shape *shape,
                               struct ech_error *error);

/** ECH_ERR_TOO_LARGE where the free space beside the file, or what is given, cannot hold so many bytes. */
enum ech_status ech_size_fits(const char *path, double bytes, double most, struct ech_error *error);

/** Spells a size for people: in GB, below a tenth of one in MB, below one of those in kB. */
void ech_size_text(double bytes, char *text, size_t size);

#endif
