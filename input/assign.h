/* Assignments of a policy: `parameter: value` at one layer, read from a file. */
#ifndef ECH_ASSIGN_H
#define ECH_ASSIGN_H

#include "input/refuse.h"
#include "model/params.h"

/** Layers of a policy; a later one wins over an earlier one, whatever their dates. */
enum ech_layer {
    ECH_LAYER_POLICY,
    ECH_LAYER_TYPE,
    ECH_LAYER_LEVEL,
    ECH_LAYER_KIND,
    ECH_LAYER_UNIT,
    ECH_N_LAYERS
};

/** One value for one parameter. The first part comes from its file, the second from the scenario. */
struct ech_assignment {
    const struct ech_param_row *row;
    double number;               /* in the row's unit; ECH_OFF: off */
    const struct ech_rate *rate; /* of RATE rows instead of number */
    struct ech_mark at;

    enum ech_layer layer;
    ech_id target;    /* row of the type, level, kind or unit; ECH_NONE: everywhere */
    int from_month;   /* months since the start; 0: from the start */
    int order;        /* among all: a later one wins at the same layer, target and month */
    bool grandfather; /* whoever is in office keeps what held before */
};

/** Fills checker->parameters. */
void ech_assign_index(struct ech_checker *checker);

/**
 * Checks the entries of a map {parameter: value} that stands at a layer under key `by`, and gives
 * each good one its struct ech_assignment (node->policy).
 */
void ech_assign_check(struct ech_checker *checker, struct ech_node *map, enum ech_layer layer,
                      const char *by);

/** Puts the value of an assignment into a set. */
void ech_assign_apply(const struct ech_assignment *assignment, struct ech_params *params);

/** The value in the row's unit and its canonical spelling; the arena's. */
const char *ech_assign_text(const struct ech_assignment *assignment, struct ech_arena *arena);

/** An assignment of the row's default. */
struct ech_assignment ech_assign_default(const struct ech_param_row *row, struct ech_arena *arena);

#endif
