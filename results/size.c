/* Sizes of files from the number of their rows. */
#include "results/size.h"

#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

struct ech_shape ech_size_shape(const struct ech_store_plan *plan)
{
    struct ech_shape shape = {.n_scenarios = plan->n_scenarios,
                              .keep = ech_keep_complete(plan->keep),
                              .part_items =
                                  plan->part_items > 0 ? plan->part_items : ECH_PART_ITEMS};
    for (int s = 0; s < plan->n_scenarios; s++) {
        const struct ech_scenario *scenario = plan->scenarios[s];
        int groups = scenario->n_counties + scenario->n_types + scenario->n_units;
        int years = ech_n_years(scenario->n_months) + 1;
        shape.n_groups = groups > shape.n_groups ? groups : shape.n_groups;
        shape.n_years = years > shape.n_years ? years : shape.n_years;
        shape.n_months =
            scenario->n_months >= shape.n_months ? scenario->n_months + 1 : shape.n_months;
    }
    ech_shape_set_levels(&shape, plan->scenarios[0]->levels, plan->scenarios[0]->n_levels);
    return shape;
}

/* Rows of a table that one scenario fills. */
static double n_rows(const struct ech_store_plan *plan, const struct ech_scenario *scenario,
                     enum ech_table table)
{
    double replications = plan->n_replications;
    double whole = scenario->n_types + (scenario->n_counties > 1 ? scenario->n_counties : 0);
    double units = scenario->n_units;
    double years = ech_n_years(scenario->n_months) + 1;
    double months = scenario->n_months + 1;
    switch (table) {
    case ECH_TABLE_YEAR:
        return replications * years * whole;
    case ECH_TABLE_UNIT_YEAR:
        return replications * units;
    case ECH_TABLE_MONTH:
        return months * (scenario->n_types + scenario->n_counties);
    case ECH_TABLE_UNIT_MONTH:
        return months * units;
    case ECH_TABLE_MONTH_EACH:
        return replications * months * whole;
    default:
        return replications * months * units;
    }
}

/* Bytes of a table: measured on the district, an item with its columns, a row with its place. */
struct table_bytes {
    double item[ECH_N_TABLES];
    double row;
};
/* Of a complete file, with its columns packed. */
static const struct table_bytes packed = {{0.58, 0.5, 3.1, 1.4, 0.32, 0.28}, 10};
/* Of a file that is being written. */
static const struct table_bytes plain = {{1.8, 1.5, 5.5, 3.8, 1.6, 1.3}, 14};

static double bytes_of(const struct ech_store_plan *plan, const struct ech_shape *shape,
                       const struct table_bytes *each)
{
    static const double manifest_bytes = 5e4;
    double bytes = manifest_bytes * (8 + plan->n_scenarios);
    for (int table = 0; table < ECH_N_TABLES; table++) {
        int n_items = ech_table_n_items(shape, (enum ech_table)table);
        for (int s = 0; s < plan->n_scenarios && n_items > 0; s++) {
            bytes += n_rows(plan, plan->scenarios[s], (enum ech_table)table) *
                     (n_items * each->item[table] + each->row);
        }
    }
    return bytes;
}

double ech_store_bytes(const struct ech_store_plan *plan)
{
    struct ech_shape shape = ech_size_shape(plan);
    return bytes_of(plan, &shape, &packed);
}

void ech_size_text(double bytes, char *text, size_t size)
{
    if (bytes >= 1e8) {
        snprintf(text, size, "%.2f GB", bytes / 1e9);
    } else if (bytes >= 1e6) {
        snprintf(text, size, "%.0f MB", bytes / 1e6);
    } else {
        snprintf(text, size, "%.0f kB", bytes / 1e3);
    }
}

/* Free bytes of the disk on which `path` lies or will lie; more than any file where unknown. */
static double free_bytes(const char *path)
{
    char folder[4096];
    struct statvfs disk;
    const char *slash = strrchr(path, '/');
    int length = slash == NULL ? 0 : slash == path ? 1 : (int)(slash - path);
    snprintf(folder, sizeof folder, "%.*s", length > 0 ? length : 1, length > 0 ? path : ".");
    return statvfs(folder, &disk) == 0 ? (double)disk.f_bavail * (double)disk.f_frsize : 1e30;
}

enum ech_status ech_size_fits(const char *path, double bytes, double most, struct ech_error *error)
{
    double disk = free_bytes(path);
    double limit = disk < most ? disk : most;
    if (bytes <= limit) {
        return ECH_OK;
    }
    char size[40], most_allowed[40], value[128], allowed[192];
    ech_size_text(bytes, size, sizeof size);
    ech_size_text(limit, most_allowed, sizeof most_allowed);
    snprintf(value, sizeof value, ECH_BOTH("about %s", "约 %s"), size, size);
    snprintf(allowed, sizeof allowed,
             ECH_BOTH("%s, what is free to write it in", "%s（写入时可用的空间）"), most_allowed,
             most_allowed);
    return ech_fail(error, ECH_ERR_TOO_LARGE,
                    (struct ech_facts){.what = path, .value = value, .allowed = allowed});
}

/* While a file is completed it is there plain, packed in the log of the database, and as a copy. */
enum ech_status ech_size_check(const struct ech_store_plan *plan, const struct ech_shape *shape,
                               struct ech_error *error)
{
    double bytes = bytes_of(plan, shape, &plain) + 2 * bytes_of(plan, shape, &packed);
    return ech_size_fits(plan->path, bytes, (double)ECH_MAX_PAGES * ECH_PAGE_BYTES, error);
}
