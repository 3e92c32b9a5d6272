/* Settings that hold nowhere: what is set for everybody has no effect where a file that it extends sets
   the same for each level, kind, type or unit, for the narrower wins. Where the narrower one comes
   later, and from another file, it was put there on purpose. */
#include "input/pairs.h"

void ech_shadow_note(struct ech_loading *loading, const struct ech_draft_set *set, bool fills_posts)
{
    for (int p = 0; p < ECH_N_PARAMS; p++) {
        const struct ech_assignment *by = set->by[p];
        if (by != NULL && (fills_posts || by->row->scope != ECH_SCOPE_POST)) {
            loading->uses[by - loading->assignments].holds = true;
        }
    }
}

/** The narrowest setting of each row that holds somewhere and was made first. */
typedef const struct ech_assignment *first_of[ECH_N_PARAMS];

static void find_narrow(const struct ech_loading *loading, first_of first)
{
    for (int i = 0; i < loading->n_assignments; i++) {
        const struct ech_assignment *it = &loading->assignments[i];
        const struct ech_assignment **place = &first[it->row - ech_param_rows];
        bool narrow = it->layer != ECH_LAYER_POLICY && loading->uses[i].holds;
        *place = narrow && (*place == NULL || it->order < (*place)->order) ? it : *place;
    }
}

static void remark(struct ech_loading *loading, const struct ech_assignment *wide,
                   const struct ech_assignment *narrow)
{
    struct ech_arena *arena = &loading->scratch;
    char path[128];
    ech_param_path(wide->row, path, sizeof path);
    const char *value = ech_assign_text(wide, arena);
    const char *other = ech_assign_text(narrow, arena);
    ech_remark(loading, wide->at,
               ech_arena_format(arena,
                                ECH_BOTH("%s: %s changes nothing: narrower settings stand over it "
                                         "everywhere, such as %s in %s:%d",
                                         "%s: %s 不起作用：处处另有范围更窄的设置，如 %s（%s:%d）"),
                                path, value, other, narrow->at.file, narrow->at.line, path, value,
                                other, narrow->at.file, narrow->at.line));
}

void ech_shadow_remark(struct ech_loading *loading)
{
    first_of first = {NULL};
    find_narrow(loading, first);
    for (int i = 0; i < loading->n_assignments; i++) {
        const struct ech_assignment *wide = &loading->assignments[i];
        const struct ech_assignment *narrow = first[wide->row - ech_param_rows];
        bool shadowed =
            wide->layer == ECH_LAYER_POLICY && !loading->uses[i].holds && narrow != NULL;
        if (shadowed && !ech_pair_is_meant(wide, narrow)) {
            remark(loading, wide, narrow);
        }
    }
}
