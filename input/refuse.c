#include "input/refuse.h"

#include <string.h>

#include "input/scalar.h"

const char *ech_refuse_value(const struct ech_node *node, struct ech_arena *arena)
{
    enum { SHOWN = 60 };
    if (node->kind != ECH_NODE_SCALAR) {
        return node->kind == ECH_NODE_LIST ? ECH_BOTH("a list", "列表") : ECH_BOTH("a map", "映射");
    }
    if (node->text[0] == '\0' && !node->quoted) {
        return ECH_BOTH("empty", "空");
    }
    size_t length = strlen(node->text);
    size_t shown = length < SHOWN ? length : SHOWN;
    while (shown < length && ((unsigned char)node->text[shown] & 0xC0) == 0x80) {
        shown++;
    }
    const char *quote = node->quoted ? "\"" : "'";
    return ech_arena_format(arena, "%s%.*s%s%s", quote, (int)shown, node->text,
                            shown < length ? "…" : "", quote);
}

void ech_refuse_type(struct ech_checker *checker, struct ech_node *node, const char *what,
                     const char *wanted)
{
    if (node->bad) { /* an alias, already refused */
        return;
    }
    node->bad = true;
    if (node->text != NULL && !node->quoted && ech_full_width_colon(node->text) != NULL) {
        ech_fail_full_width(checker->error, node->at);
        return;
    }
    ech_fail(checker->error, ECH_ERR_TYPE,
             (struct ech_facts){.what = what,
                                .value = ech_refuse_value(node, checker->arena),
                                .allowed = wanted,
                                .at = node->at});
}

void ech_refuse_range(struct ech_checker *checker, struct ech_node *node, const char *what,
                      const struct ech_range *range, const char *hint)
{
    node->bad = true;
    ech_fail(
        checker->error, ECH_ERR_RANGE,
        (struct ech_facts){.what = what,
                           .value = node->text,
                           .allowed = ech_arena_format(checker->arena, "[%s, %s]",
                                                       ech_scalar_text(range->min, checker->arena),
                                                       ech_scalar_text(range->max, checker->arena)),
                           .unit = range->unit,
                           .hint = hint,
                           .at = node->at});
}

const char *ech_refuse_words(const char *const *words, int n_words, struct ech_arena *arena)
{
    const char *all = n_words > 0 ? words[0] : "";
    for (int i = 1; i < n_words; i++) {
        all = ech_arena_format(arena, "%s, %s", all, words[i]);
    }
    return all;
}

void ech_refuse_choice(struct ech_checker *checker, struct ech_node *node, const char *what,
                       const char *const *words, int n_words)
{
    struct ech_guess guess = {.word = node->text};
    for (int i = 0; i < n_words; i++) {
        ech_guess_try(&guess, words[i]);
    }
    node->bad = true;
    ech_fail(checker->error, ECH_ERR_CHOICE,
             (struct ech_facts){.what = what,
                                .value = node->text,
                                .allowed = ech_refuse_words(words, n_words, checker->arena),
                                .hint = ech_guess_hint(&guess, checker->arena),
                                .at = node->at});
}

void ech_refuse_key(struct ech_checker *checker, const struct ech_node *node, const char *hint)
{
    if (ech_full_width_colon(node->key) != NULL) {
        ech_fail_full_width(checker->error, node->key_at);
        return;
    }
    ech_fail(checker->error, ECH_ERR_KEY,
             (struct ech_facts){.what = node->key, .hint = hint, .at = node->key_at});
}

void ech_refuse_missing(struct ech_checker *checker, struct ech_node *map, const char *key)
{
    map->bad = true;
    if (checker->broken) {
        return;
    }
    ech_fail(
        checker->error, ECH_ERR_MISSING,
        (struct ech_facts){.what = key,
                           .value = map->key != NULL ? map->key : ECH_BOTH("this entry", "此项"),
                           .at = map->at});
}
