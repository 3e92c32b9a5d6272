/* Settings for the manifest: every value in force, with the place that set it; notes. */
#include <string.h>

#include "input/loading.h"

/** Settings being written; the array is large enough for all. */
struct writer {
    struct ech_loading *loading;
    struct ech_setting *settings;
    int n;
};

/** Adds a setting; strings are copied, `at` NULL is a default. */
static void add(struct writer *writer, struct ech_setting setting, const struct ech_mark *at)
{
    struct ech_loading *loading = writer->loading;
    int document = at != NULL ? ech_documents_find(&loading->documents, at) : ECH_NONE;
    setting.path = ech_keep(loading, setting.path);
    setting.scope = ech_keep(loading, setting.scope);
    setting.value = ech_keep(loading, setting.value);
    setting.file =
        document != ECH_NONE ? ech_keep(loading, loading->documents.rows[document]->named) : "";
    setting.line = document != ECH_NONE ? at->line : 0;
    writer->settings[writer->n++] = setting;
}

/** A kind of posts whose id is also that of something else is told apart. */
static const char *kind_scope(const struct ech_loading *loading, ech_id kind,
                              struct ech_arena *arena)
{
    const char *id = loading->scenario->kinds[kind].id;
    bool taken = ech_names_find(&loading->level_rows, id) != ECH_NONE ||
                 ech_names_find(&loading->type_rows, id) != ECH_NONE ||
                 ech_names_find(&loading->unit_rows, id) != ECH_NONE;
    return taken ? ech_arena_format(arena, "kind:%s", id) : id;
}

static void add_assignment(struct writer *writer, const struct ech_assignment *assignment)
{
    const struct ech_scenario *scenario = writer->loading->scenario;
    const char *scope = "";
    char path[128];
    ech_param_path(assignment->row, path, sizeof path);
    if (assignment->layer == ECH_LAYER_TYPE) {
        scope = scenario->types[assignment->target].id;
    } else if (assignment->layer == ECH_LAYER_LEVEL) {
        scope = scenario->levels[assignment->target].id;
    } else if (assignment->layer == ECH_LAYER_KIND) {
        scope = kind_scope(writer->loading, assignment->target, &writer->loading->scratch);
    } else if (assignment->layer == ECH_LAYER_UNIT) {
        scope = scenario->units[assignment->target].id;
    }
    const struct ech_mark *at = assignment->at.file != NULL ? &assignment->at : NULL;
    add(writer,
        (struct ech_setting){.path = path,
                             .scope = scope,
                             .from_month = assignment->from_month,
                             .value = ech_assign_text(assignment, &writer->loading->scratch),
                             .basis = ech_basis_names[assignment->row->basis]},
        at);
    if (assignment->grandfather) {
        add(writer,
            (struct ech_setting){.path = ech_arena_format(&writer->loading->scratch,
                                                          "%s" ECH_GRANDFATHER_SUFFIX, path),
                                 .scope = scope,
                                 .from_month = assignment->from_month,
                                 .value = "true",
                                 .basis = ""},
            at);
    }
}

static bool is_everywhere(const struct ech_assignment *assignment)
{
    return assignment->layer == ECH_LAYER_POLICY && assignment->from_month == 0;
}

/** Every parameter once as it stands everywhere at the start, then all that differs. */
static void add_parameters(struct writer *writer)
{
    const struct ech_loading *loading = writer->loading;
    const struct ech_assignment *start[ECH_N_PARAMS] = {NULL};
    for (int i = 0; i < loading->n_assignments; i++) {
        const struct ech_assignment *assignment = &loading->assignments[i];
        if (is_everywhere(assignment)) {
            start[assignment->row - ech_param_rows] = assignment;
        }
    }
    for (int p = 0; p < ECH_N_PARAMS; p++) {
        struct ech_assignment silent =
            ech_assign_default(&ech_param_rows[p], &writer->loading->scratch);
        add_assignment(writer, start[p] != NULL ? start[p] : &silent);
    }
    for (int i = 0; i < loading->n_assignments; i++) {
        if (!is_everywhere(&loading->assignments[i])) {
            add_assignment(writer, &loading->assignments[i]);
        }
    }
}

static void add_node(struct writer *writer, const char *path, int from_month,
                     const struct ech_node *node)
{
    add(writer,
        (struct ech_setting){.path = path,
                             .scope = "",
                             .from_month = from_month,
                             .value = ech_node_text(node, &writer->loading->scratch),
                             .basis = ""},
        &node->at);
}

/** Adds what an event says, as "events[2021-05 exam_window].share"; `number` tells equal ones apart. */
static void add_event(struct writer *writer, const struct ech_node *event, int number)
{
    static const char *const keys[] = {"track", "share", "ages", "cause"};
    const struct ech_scenario *scenario = writer->loading->scenario;
    struct ech_arena *arena = &writer->loading->scratch;
    const struct ech_node *at = ech_child_scalar(event, "at");
    const char *id = ech_arena_format(arena, number > 1 ? "%s %s %d" : "%s %s", at->text,
                                      ech_node_child(event, "kind")->text, number);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct ech_node *node = ech_child_good(event, keys[i]);
        if (node != NULL) {
            add_node(writer, ech_arena_format(arena, "events[%s].%s", id, keys[i]),
                     (int)at->number - scenario->start_month, node);
        }
    }
}

static void add_events(struct writer *writer, const struct ech_node **events, int n)
{
    int number = 0;
    for (int i = 0; i < n; i++) {
        bool again = i > 0 && strcmp(ech_child_scalar(events[i], "at")->text,
                                     ech_child_scalar(events[i - 1], "at")->text) == 0;
        number = again ? number + 1 : 1;
        add_event(writer, events[i], number);
    }
}

static void load_settings(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    int n_events = 0;
    const struct ech_node **events = ech_dated_entries(loading, "events", "at", &n_events);
    size_t most = (size_t)ECH_N_PARAMS + 2 * (size_t)loading->n_assignments + 2 +
                  4 * (size_t)n_events + (size_t)loading->overrides.n;
    struct writer writer = {.loading = loading};
    writer.settings = ech_arena_array(loading->keep, most, sizeof *writer.settings);
    add_parameters(&writer);
    add_node(&writer, "start", 0, loading->start);
    add_node(&writer, loading->length->key, 0, loading->length);
    add_events(&writer, events, n_events);
    const struct ech_override *override = loading->overrides.first;
    for (; override != NULL; override = override->next) {
        add(&writer,
            (struct ech_setting){.path = override->path,
                                 .scope = override->scope,
                                 .value = override->value,
                                 .basis = ""},
            &override->at);
    }
    scenario->settings = writer.settings;
    scenario->n_settings = writer.n;
}

/* Notes */

static int count_notes(const struct ech_loading *loading)
{
    int n = 0;
    for (int d = 0; d < loading->documents.n; d++) {
        const struct ech_node *list =
            ech_child_list(loading->documents.rows[d]->tree.root, "notes");
        n += list != NULL ? list->n : 0;
    }
    return n;
}

static void load_notes(struct ech_loading *loading)
{
    struct ech_scenario *scenario = loading->scenario;
    scenario->notes =
        ech_arena_array(loading->keep, (size_t)count_notes(loading), sizeof *scenario->notes);
    for (int d = 0; d < loading->documents.n; d++) {
        const struct ech_node *list =
            ech_child_list(loading->documents.rows[d]->tree.root, "notes");
        struct ech_node *entry = list != NULL ? list->first : NULL;
        for (; entry != NULL; entry = entry->next) {
            const struct ech_node *source = ech_child_scalar(entry, "source");
            scenario->notes[scenario->n_notes++] = (struct ech_note){
                .kind = (enum ech_note_kind)ech_child_number(entry, "kind", 0),
                .text = ech_keep_words(loading, ech_node_child(entry, "text"), ""),
                .source = source != NULL ? ech_keep(loading, source->text) : ""};
        }
    }
}

void ech_settings_load(struct ech_loading *loading)
{
    load_settings(loading);
    load_notes(loading);
}
