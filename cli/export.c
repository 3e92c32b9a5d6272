/* echelon export: numbers as CSV. */
#include "results/export.h"

#include <math.h>
#include <stdio.h>

#include "cli/asked.h"
#include "cli/commands.h"
#include "cli/opening.h"
#include "results/derived.h"
#include "results/size.h"
#include "results/teams.h"
#include "results/whole.h"

enum { BY_YEAR, BY_MONTH };
enum { TABLE_NUMBERS, TABLE_REVIEW };

/** Writes the numbers that are wanted, or with NULL the team reviews. */
static enum ech_status write_table(const struct ech_results *results,
                                   const struct ech_export *wanted, FILE *out,
                                   struct ech_error *error)
{
    return wanted ? ech_export_csv(results, wanted, out, error)
                  : ech_teams_csv(results, out, error);
}

static enum ech_status write_file(const struct ech_results *results,
                                  const struct ech_export *wanted, const char *path,
                                  struct ech_error *error)
{
    struct ech_whole whole;
    enum ech_status status = ech_whole_open(path, &whole, error);
    if (status != ECH_OK) {
        return status;
    }
    status = write_table(results, wanted, whole.out, error);
    if (status != ECH_OK) {
        ech_whole_discard(&whole);
        return status;
    }
    return ech_whole_finish(&whole, error);
}

/** A file that takes long, and much of the disk, is told in rows and bytes before it is begun. */
static enum ech_status check_extent(const struct ech_call *call, const struct ech_results *results,
                                    const struct ech_export *wanted, struct ech_error *error)
{
    static const double many_rows = 1e6;
    const char *path = call->text[ECH_OPT_OUTPUT];
    struct ech_extent extent = ech_export_extent(results, wanted);
    if (extent.rows >= many_rows && !call->given[ECH_OPT_QUIET]) {
        char size[40];
        ech_size_text(extent.bytes, size, sizeof size);
        fprintf(stderr,
                call->lang == ECH_LANG_ZH ? "echelon: %s：%.1f 百万行，约 %s\n"
                                          : "echelon: %s takes %.1f million rows, about %s\n",
                path, extent.rows / 1e6, size);
    }
    return ech_size_fits(path, extent.bytes, INFINITY, error);
}

static enum ech_status write_out(const struct ech_call *call, const struct ech_results *results,
                                 const struct ech_export *wanted, struct ech_error *error)
{
    bool review = call->choice[ECH_OPT_TABLE] == TABLE_REVIEW;
    const struct ech_export *numbers = review ? NULL : wanted;
    const char *path = call->text[ECH_OPT_OUTPUT];
    if (path == NULL) {
        return write_table(results, numbers, stdout, error);
    }
    enum ech_status status = review ? ECH_OK : check_extent(call, results, wanted, error);
    return status == ECH_OK ? write_file(results, numbers, path, error) : status;
}

/** The team review has its own rows and columns: --by, --group, --each and --measure do not go with it. */
static enum ech_status check_table(const struct ech_call *call, struct ech_error *error)
{
    bool shaped = call->given[ECH_OPT_BY] || call->given[ECH_OPT_GROUP] ||
                  call->given[ECH_OPT_EACH] || call->n_listed > 0;
    if (call->choice[ECH_OPT_TABLE] != TABLE_REVIEW || !shaped) {
        return ECH_OK;
    }
    return ech_fail(
        error, ECH_ERR_OPTION,
        (struct ech_facts){.what = "--table review",
                           .value = ECH_BOTH("has a line for each unit and year", "每单位每年一行"),
                           .hint = ECH_BOTH("leave --by, --group, --each and --measure out",
                                            "请去掉 --by、--group、--each 和 --measure")});
}

/** What comes of a comparison has no numbers of its own. */
static enum ech_status check_measures(const struct ech_call *call,
                                      const struct ech_results *results, struct ech_error *error)
{
    enum ech_status status = ech_asked_check(call, results, error);
    for (int i = 0; i < call->n_listed; i++) {
        if (ech_derived_find(call->listed[i]) != NULL) {
            status =
                ech_fail(error, ECH_ERR_OPTION,
                         (struct ech_facts){.what = call->listed[i],
                                            .value = ECH_BOTH("comes of comparing two scenarios",
                                                              "由两个情景比较得出"),
                                            .hint = ECH_BOTH("`echelon compare --measure` gives it",
                                                             "请用 `echelon compare --measure`")});
        }
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
        .n_measures = call->n_listed,
        .measures = call->listed,
    };
    const char *path = call->text[ECH_OPT_OUTPUT];
    enum ech_status status = check_table(call, error);
    if (path != NULL) {
        status = ech_status_worse(status, ech_whole_check(path, error));
    }
    if (status == ECH_OK) {
        status = ech_opening_results(call, &results, error);
    }
    if (status == ECH_OK) {
        status = check_measures(call, results, error);
    }
    if (status == ECH_OK) {
        status = write_out(call, results, &wanted, error);
    }
    ech_results_close(results);
    return status;
}
