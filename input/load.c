#define _XOPEN_SOURCE 700 /* newlocale, uselocale */

#include "input/load.h"

#include <locale.h>
#include <setjmp.h>
#include <string.h>

#include "input/loading.h"
#include "input/report.h"

/* Files of the manifest */

void ech_file_note(struct ech_loading *loading, const struct ech_file *file)
{
    struct ech_scenario *scenario = loading->scenario;
    const char *named = ech_path_relative(loading->base, file->real, &loading->scratch);
    int n = scenario->n_files;
    for (int i = 0; i < n; i++) {
        if (strcmp(scenario->files[i].path, named) == 0) {
            return;
        }
    }
    if ((n & (n - 1)) == 0) { /* full at each power of two */
        struct ech_input_file *larger =
            ech_arena_array(loading->keep, 2 * (size_t)n + 1, sizeof *larger);
        for (int i = 0; i < n; i++) {
            larger[i] = scenario->files[i];
        }
        scenario->files = larger;
    }
    scenario->files[scenario->n_files++] =
        (struct ech_input_file){ech_keep(loading, named), ech_file_digest(file, loading->keep)};
}

static void note_documents(struct ech_loading *loading)
{
    for (int d = 0; d < loading->documents.n; d++) {
        struct ech_document *document = loading->documents.rows[d];
        document->named = ech_path_relative(loading->base, document->file.real, &loading->scratch);
        ech_file_note(loading, &document->file);
    }
}

static const char *base_of(struct ech_loading *loading, const char *base)
{
    struct ech_arena *arena = &loading->scratch;
    const char *real = base != NULL ? ech_path_real(base, arena) : NULL;
    if (real == NULL) {
        real = ech_path_real(loading->path, arena);
        real = real != NULL ? ech_path_folder(real, arena) : "/";
    }
    return real;
}

/* The steps */

static bool is_broken(const struct ech_documents *documents)
{
    for (int d = 0; d < documents->n; d++) {
        if (documents->rows[d]->tree.broken) {
            return true;
        }
    }
    return documents->n == 0;
}

static bool failed(const struct ech_loading *loading, int n_before)
{
    return loading->error->n_problems > n_before || loading->error->out_of_memory;
}

static bool unread(const struct ech_error *error, int n_before)
{
    for (int i = n_before; i < error->n_problems; i++) {
        enum ech_error_code code = error->problems[i].code;
        if (code == ECH_ERR_EXTENDS_MISSING || code == ECH_ERR_EXTENDS_CYCLE ||
            code == ECH_ERR_READ || code == ECH_ERR_TOO_LARGE) {
            return true;
        }
    }
    return false;
}

static void load(struct ech_loading *loading, const char *base, int n_before)
{
    loading->base = base_of(loading, base);
    ech_documents_read(loading->path, &loading->checker, &loading->documents);
    if (is_broken(&loading->documents) || unread(loading->error, n_before)) {
        return; /* what is not there would look as if it were missing */
    }
    note_documents(loading);
    ech_frame_load(loading);
    ech_lists_load(loading);
    ech_units_load(loading);
    ech_tables_load(loading);
    ech_sources_load(loading);
    ech_events_load(loading);
    ech_policy_load(loading);
    ech_places_check(loading);
    ech_initial_load(loading);
    ech_flows_load(loading);
    if (!failed(loading, n_before)) {
        ech_settings_load(loading);
    }
}

/** Runs the steps; false when memory ran out somewhere inside them. */
static bool load_guarded(struct ech_loading *loading, const char *base, int n_before,
                         jmp_buf *out_of_memory)
{
    if (setjmp(*out_of_memory) != 0) {
        return false;
    }
    loading->keep->out_of_memory = out_of_memory;
    loading->scratch.out_of_memory = out_of_memory;
    load(loading, base, n_before);
    return true;
}

/** Numbers are read and written with a point whatever the user's language. */
static bool load_in_c_locale(struct ech_loading *loading, const char *base, int n_before)
{
    jmp_buf out_of_memory;
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) {
        return false;
    }
    locale_t users = uselocale(plain);
    bool done = load_guarded(loading, base, n_before, &out_of_memory);
    uselocale(users);
    freelocale(plain);
    return done;
}

enum ech_status ech_scenario_load(const char *path, const char *base, struct ech_scenario *scenario,
                                  struct ech_error *error)
{
    struct ech_error unheard = {0};
    struct ech_loading loading = {
        .scenario = scenario, .path = path, .error = error != NULL ? error : &unheard};
    int n_before = loading.error->n_problems;
    memset(scenario, 0, sizeof *scenario);
    loading.keep = calloc(1, sizeof *loading.keep);
    loading.checker = (struct ech_checker){.arena = &loading.scratch, .error = loading.error};
    scenario->arena = loading.keep;
    if (loading.keep == NULL || !load_in_c_locale(&loading, base, n_before)) {
        ech_fail(loading.error, ECH_ERR_MEMORY, (struct ech_facts){.what = path});
    }
    ech_arena_free(&loading.scratch);
    enum ech_status status = ech_report_finish(loading.error, n_before);
    if (status != ECH_OK) {
        ech_scenario_free(scenario);
    } else {
        loading.keep->out_of_memory = NULL;
    }
    ech_error_free(&unheard);
    return status;
}

void ech_scenario_free(struct ech_scenario *scenario)
{
    if (scenario->arena != NULL) {
        ech_arena_free(scenario->arena);
        free(scenario->arena);
    }
    memset(scenario, 0, sizeof *scenario);
}
