/* echelon report: one page that carries everything it needs. */
#include "plots/report.h"

#include <stdio.h>

#include "cli/commands.h"
#include "cli/opening.h"
#include "results/whole.h"

/** The language asked for, else that of the words. */
static enum ech_report_lang language_of(const struct ech_call *call)
{
    static const enum ech_report_lang asked[] = {ECH_REPORT_EN, ECH_REPORT_ZH, ECH_REPORT_BOTH};
    if (call->given[ECH_OPT_LANG]) {
        return asked[call->choice[ECH_OPT_LANG]];
    }
    return call->lang == ECH_LANG_ZH ? ECH_REPORT_ZH : ECH_REPORT_EN;
}

enum ech_status ech_command_report(const struct ech_call *call, struct ech_error *error)
{
    struct ech_results *results = NULL;
    int baseline = ECH_NONE;
    const char *path = call->given[ECH_OPT_OUTPUT] ? call->text[ECH_OPT_OUTPUT] : "report.html";
    enum ech_status status = ech_whole_check(path, error);
    status = ech_status_worse(status, ech_opening_comparison(call, &results, &baseline, error));
    if (status == ECH_OK) {
        status = ech_report_write(results, baseline, language_of(call), path, error);
    }
    if (status <= ECH_PARTIAL && !call->given[ECH_OPT_QUIET]) {
        puts(path);
    }
    ech_results_close(results);
    return status;
}
