/* echelon plot: figures of a results file. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/opening.h"
#include "plots/figures.h"

static void put_list(enum ech_lang lang)
{
    for (int i = 0; i < ech_n_figures(); i++) {
        const struct ech_figure_row *row = ech_figure_at(i);
        ech_columns_put(stdout, row->name, 24, ECH_ALIGN_LEFT);
        ech_columns_wrap(stdout, row->title[lang], 24, 24);
    }
}

static enum ech_status refuse_figure(const char *name, struct ech_error *error)
{
    struct ech_guess guess = {.word = name};
    for (int i = 0; i < ech_n_figures(); i++) {
        ech_guess_try(&guess, ech_figure_at(i)->name);
    }
    return ech_call_refuse_name(&guess, ECH_BOTH("figure", "图"),
                                ECH_BOTH("see echelon plot --list", "参见 echelon plot --list"),
                                error);
}

/** All names are checked before anything is drawn. */
static enum ech_status check_names(const struct ech_call *call, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int i = 0; i < call->n_listed; i++) {
        if (ech_figure_find(call->listed[i]) == ECH_NONE) {
            status = refuse_figure(call->listed[i], error);
        }
    }
    return status;
}

/** Makes the folder and those above it; existing ones are fine. */
static enum ech_status make_folder(const char *path, struct ech_error *error)
{
    char part[4096];
    if (strlen(path) >= sizeof part) {
        return ech_fail(error, ECH_ERR_WRITE,
                        (struct ech_facts){.what = path, .value = strerror(ENAMETOOLONG)});
    }
    for (size_t i = 1; i <= strlen(path); i++) {
        if (path[i] != '/' && path[i] != '\0') {
            continue;
        }
        snprintf(part, sizeof part, "%.*s", (int)i, path);
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            return ech_fail(error, ECH_ERR_WRITE,
                            (struct ech_facts){.what = path, .value = strerror(errno)});
        }
    }
    return ECH_OK;
}

/** Draws one figure and says its file; a picture that cannot be had costs only itself. */
static enum ech_status draw(int figure, const struct ech_figure_request *request, bool quiet,
                            struct ech_error *error)
{
    enum ech_status status = ech_figure_draw(figure, request, error);
    if (status == ECH_OK && !quiet) {
        printf("%s/%s.%s\n", request->dir, ech_figure_at(figure)->name,
               ech_picture_format_names[request->format]);
    }
    return status;
}

static enum ech_status draw_all(const struct ech_call *call,
                                const struct ech_figure_request *request, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    int n = call->n_listed > 0 ? call->n_listed : ech_n_figures();
    for (int i = 0; i < n && status <= ECH_PARTIAL; i++) {
        int figure = call->n_listed > 0 ? ech_figure_find(call->listed[i]) : i;
        status = ech_status_worse(status, draw(figure, request, call->given[ECH_OPT_QUIET], error));
    }
    return status;
}

enum ech_status ech_command_plot(const struct ech_call *call, struct ech_error *error)
{
    if (call->given[ECH_OPT_LIST]) {
        put_list(call->lang);
        return ECH_OK;
    }
    struct ech_results *results = NULL;
    struct ech_figure_request request = {
        .lang = call->lang,
        .format = (enum ech_picture_format)call->choice[ECH_OPT_FORMAT],
        .dir = call->given[ECH_OPT_OUT] ? call->text[ECH_OPT_OUT] : "figures",
    };
    enum ech_status status = check_names(call, error);
    if (status == ECH_OK) {
        status = ech_opening_comparison(call, &results, &request.baseline, error);
        request.results = results;
    }
    if (status == ECH_OK) {
        status = make_folder(request.dir, error);
    }
    if (status == ECH_OK) {
        status = draw_all(call, &request, error);
    }
    ech_results_close(results);
    return status;
}
