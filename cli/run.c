/* echelon run: scenarios side by side, one results file, the table that a planner wants. */
#include <stdio.h>

#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/scenarios.h"
#include "cli/summary.h"
#include "experiments/batch.h"
#include "plots/findings.h"
#include "results/results.h"
#include "results/size.h"

static const char *path_of(const struct ech_call *call)
{
    return call->given[ECH_OPT_OUTPUT] ? call->text[ECH_OPT_OUTPUT] : "results.db";
}

/** What is kept beyond the usual is said in bytes before it is simulated. */
static void put_size(double bytes, enum ech_lang lang)
{
    char size[40];
    ech_size_text(bytes, size, sizeof size);
    fprintf(stderr,
            lang == ECH_LANG_ZH ? "echelon: 结果文件约 %s\n"
                                : "echelon: the results file takes about %s\n",
            size);
}

static enum ech_status simulate(const struct ech_call *call, const struct ech_scenarios *scenarios,
                                struct ech_progress *progress, struct ech_error *error)
{
    struct ech_batch batch = {
        .n_scenarios = scenarios->n,
        .scenarios = scenarios->scenario,
        .n_replications = (int)call->number[ECH_OPT_REPLICATIONS],
        .seed = call->number[ECH_OPT_SEED],
        .n_threads = (int)call->number[ECH_OPT_THREADS],
        .path = path_of(call),
        .keep = call->set[ECH_OPT_KEEP],
        .overwrite = call->given[ECH_OPT_OVERWRITE],
        .stop = ech_output_stop(),
        .progress = ech_progress_show,
        .context = progress,
    };
    if (call->given[ECH_OPT_KEEP] && !call->given[ECH_OPT_QUIET]) {
        put_size(ech_batch_bytes(&batch), call->lang);
    }
    ech_output_catch_stop(path_of(call), call->lang);
    enum ech_status status = ech_batch_run(&batch, error);
    ech_progress_end(progress);
    return status;
}

static enum ech_status put_findings(const struct ech_results *results, int baseline,
                                    enum ech_lang lang, struct ech_error *error)
{
    struct ech_findings findings = {0};
    enum ech_status status = ech_findings_compose(results, baseline, lang, &findings, error);
    for (int f = 0; f < ECH_N_FINDINGS && status == ECH_OK; f++) {
        if (findings.text[f].length == 0) {
            continue; /* nothing to be said on it */
        }
        const char *label = ech_finding_label((enum ech_finding)f, lang);
        const char *colon = lang == ECH_LANG_ZH ? "：" : ": ";
        printf("\n%s%s", label, colon);
        ech_columns_wrap(stdout, ech_text_string(&findings.text[f]),
                         ech_columns_width(label) + ech_columns_width(colon), 0);
    }
    ech_findings_free(&findings);
    return status;
}

/** Why there is no answer in words, and what to do about it. */
static void put_no_findings(enum ech_lang lang)
{
    putchar('\n');
    ech_columns_wrap(stdout,
                     lang == ECH_LANG_ZH
                         ? "没有结论：这些情景中没有一个是其他情景的基准。请把基准情景（例如 "
                           "baseline.yaml）一并运行，再作比较。"
                         : "No findings: none of these scenarios is the base of the others. To "
                           "compare them, run them together with their baseline (such as "
                           "baseline.yaml).",
                     0, 0);
}

static enum ech_status put_results(const struct ech_call *call, struct ech_error *error)
{
    struct ech_results *results = NULL;
    struct ech_error unnamed = {0}; /* without a baseline there is a table and no comparison */
    int baseline = ECH_NONE;
    enum ech_status status = ech_results_open(path_of(call), &results, error);
    if (status == ECH_OK && ech_results_baseline(results, NULL, &baseline, &unnamed) != ECH_OK) {
        baseline = ECH_NONE;
    }
    if (status == ECH_OK) {
        status = ech_summary_put(results, baseline, call->lang, error);
    }
    if (status == ECH_OK && baseline != ECH_NONE) {
        status = put_findings(results, baseline, call->lang, error);
    } else if (status == ECH_OK) {
        put_no_findings(call->lang);
    }
    ech_error_free(&unnamed);
    ech_results_close(results);
    return status;
}

/** An interrupt loses nothing that was finished: say how much there is and where. */
static void put_interrupted(const struct ech_call *call, const struct ech_progress *progress)
{
    fprintf(stderr,
            call->lang == ECH_LANG_ZH
                ? "echelon: 已中断；%ld/%ld 次模拟保存在 %s.part，可用 compare、export 和 report "
                  "读取\n"
                : "echelon: interrupted; %ld of %ld runs are kept in %s.part, which compare, "
                  "export and report read\n",
            progress->done, progress->total, path_of(call));
}

enum ech_status ech_command_run(const struct ech_call *call, struct ech_error *error)
{
    struct ech_scenarios scenarios = {0};
    struct ech_progress progress;
    ech_progress_init(&progress, call->given[ECH_OPT_QUIET], call->lang);
    enum ech_status status = ech_scenarios_load(call->operands, call->n_operands,
                                                call->number[ECH_OPT_SEED], &scenarios, error);
    for (int i = 0; i < scenarios.n && !call->given[ECH_OPT_QUIET]; i++) {
        ech_scenario_put_remarks(&scenarios.scenario[i], call->lang);
    }
    if (status == ECH_OK) {
        status = simulate(call, &scenarios, &progress, error);
    }
    ech_scenarios_free(&scenarios);
    if (status == ECH_OK) {
        status = put_results(call, error);
    } else if (status == ECH_INTERRUPTED) {
        put_interrupted(call, &progress);
    }
    return status;
}
