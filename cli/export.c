/* echelon export: numbers as CSV. */
#include "results/export.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/opening.h"

enum { BY_YEAR, BY_MONTH };

static enum ech_status fail_write(const char *path, struct ech_error *error)
{
    return ech_fail(error, ECH_ERR_WRITE,
                    (struct ech_facts){.what = path, .value = strerror(errno)});
}

/** Writes `path`.part and renames it: a file of this name is always whole. */
static enum ech_status write_file(const struct ech_results *results,
                                  const struct ech_export *wanted, const char *path,
                                  struct ech_error *error)
{
    char part[4096];
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part) {
        errno = ENAMETOOLONG;
        return fail_write(path, error);
    }
    FILE *out = fopen(part, "wb");
    if (out == NULL) {
        return fail_write(path, error);
    }
    enum ech_status status = ech_export_csv(results, wanted, out, error);
    if (fclose(out) != 0 && status == ECH_OK) {
        status = fail_write(path, error);
    }
    if (status == ECH_OK && rename(part, path) != 0) {
        status = fail_write(path, error);
    }
    if (status != ECH_OK) {
        remove(part);
    }
    return status;
}

enum ech_status ech_command_export(const struct ech_call *call, struct ech_error *error)
{
    struct ech_results *results = NULL;
    struct ech_export wanted = {
        .group = (enum ech_group_kind)call->choice[ECH_OPT_GROUP],
        .by_month = call->choice[ECH_OPT_BY] == BY_MONTH,
        .each = call->given[ECH_OPT_EACH],
    };
    const char *path = call->text[ECH_OPT_OUTPUT];
    enum ech_status status = ech_opening_results(call, &results, error);
    if (status == ECH_OK) {
        status = path != NULL ? write_file(results, &wanted, path, error)
                              : ech_export_csv(results, &wanted, stdout, error);
    }
    ech_results_close(results);
    return status;
}
