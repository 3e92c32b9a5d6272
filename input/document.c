#include "input/document.h"

#include <string.h>

#include "input/assign.h"
#include "input/schema.h"

/** A file that is being read, and who extends it. */
struct link {
    const struct link *above;
    const struct ech_file *file;
    int length;
};

struct reading {
    struct ech_checker *checker;
    struct ech_documents *documents;
    struct ech_names done; /* rows by real path */
    bool full;
};

/** "a.yaml -> b.yaml -> c.yaml", from the first file to `last`. */
static const char *chain(const struct link *link, const char *last, struct ech_arena *arena)
{
    const char *text = last;
    for (; link != NULL; link = link->above) {
        text = ech_arena_format(arena, "%s -> %s", link->file->path, text);
    }
    return text;
}

static void fail_too_large(const struct reading *reading, const char *what, const char *value,
                           const char *allowed, struct ech_mark at)
{
    ech_fail(reading->checker->error, ECH_ERR_TOO_LARGE,
             (struct ech_facts){.what = what, .value = value, .allowed = allowed, .at = at});
}

/** Reports a file that could not be read; `node` is where `extends` names it, NULL: the first. */
static void fail_unread(const struct reading *reading, const struct ech_file *file,
                        const struct link *above, const struct ech_node *node)
{
    struct ech_arena *arena = reading->checker->arena;
    if (file->too_large) {
        fail_too_large(reading, ECH_BOTH("the file", "文件"),
                       ech_arena_format(arena, "%s B", file->problem), "1048576 B (1 MiB)",
                       (struct ech_mark){file->path, 0, 0});
        return;
    }
    if (above == NULL) {
        ech_fail(reading->checker->error, ECH_ERR_READ,
                 (struct ech_facts){.what = file->path, .value = file->problem});
        return;
    }
    const char *names = chain(above, file->path, arena);
    const char *split = strchr(file->problem, ECH_BOTH_SEPARATOR[0]);
    ech_fail(reading->checker->error, ECH_ERR_EXTENDS_MISSING,
             (struct ech_facts){.value = ech_arena_format(arena, ECH_BOTH("%s (%.*s)", "%s（%s）"),
                                                          names, (int)(split - file->problem),
                                                          file->problem, names, split + 1),
                                .at = node->at});
}

static int read_document(struct reading *reading, const char *path, const struct link *above,
                         const struct ech_node *node);

/** True if the file is one of those that are being read: the circle is reported. */
static bool closes_circle(const struct reading *reading, const struct ech_file *file,
                          const struct link *above, const struct ech_node *node)
{
    for (const struct link *link = above; link != NULL; link = link->above) {
        if (strcmp(link->file->real, file->real) == 0) {
            ech_fail(reading->checker->error, ECH_ERR_EXTENDS_CYCLE,
                     (struct ech_facts){.value = chain(above, file->path, reading->checker->arena),
                                        .at = node->at});
            return true;
        }
    }
    return false;
}

/** Reads the files that a document extends. */
static void read_parents(struct reading *reading, struct ech_document *document,
                         const struct link *link)
{
    const struct ech_node *extends = ech_node_child(document->tree.root, "extends");
    if (extends == NULL || extends->bad) {
        return;
    }
    bool one = extends->kind == ECH_NODE_SCALAR;
    struct ech_arena *arena = reading->checker->arena;
    int *parents = ech_arena_array(arena, one ? 1 : (size_t)extends->n, sizeof *parents);
    const struct ech_node *node = one ? extends : extends->first;
    for (; node != NULL; node = one ? NULL : node->next) {
        const char *path = ech_path_join(document->file.path, node->text, arena);
        parents[document->n_parents] = read_document(reading, path, link, node);
        document->n_parents += parents[document->n_parents] != ECH_NONE;
    }
    document->parents = parents;
}

/** Adds a document behind those that it extends; gives its row. */
static int append(struct reading *reading, struct ech_document *document)
{
    struct ech_documents *documents = reading->documents;
    if (documents->n == documents->capacity) {
        int capacity = documents->capacity > 0 ? 2 * documents->capacity : 16;
        struct ech_document **larger =
            ech_arena_array(reading->checker->arena, (size_t)capacity, sizeof *larger);
        for (int i = 0; i < documents->n; i++) {
            larger[i] = documents->rows[i];
        }
        documents->rows = larger;
        documents->capacity = capacity;
    }
    documents->rows[documents->n] = document;
    ech_names_add(&reading->done, document->file.real, documents->n, reading->checker->arena);
    return documents->n++;
}

/** True if there is no room for one more file; that is reported once. */
static bool is_full(struct reading *reading, const struct link *above, const struct ech_node *node)
{
    bool long_chain = above != NULL && above->length == ECH_LONGEST_CHAIN;
    bool many = reading->documents->n >= ECH_MOST_FILES;
    if ((long_chain || many) && !reading->full) {
        reading->full = true;
        fail_too_large(reading, ECH_BOTH("the chain of extends", "extends 链"),
                       long_chain ? "> 64" : "> 1000", long_chain ? "64" : "1000", node->at);
    }
    return reading->full;
}

/** Reads a file unless it is read already; gives its row, or ECH_NONE. */
static int read_document(struct reading *reading, const char *path, const struct link *above,
                         const struct ech_node *node)
{
    struct ech_arena *arena = reading->checker->arena;
    struct ech_document *document = ech_arena_take(arena, sizeof *document);
    if (is_full(reading, above, node)) {
        return ECH_NONE;
    }
    document->file = ech_file_read(path, ECH_FILE_BYTES, arena);
    if (document->file.problem != NULL || document->file.real == NULL) {
        fail_unread(reading, &document->file, above, node);
        return ECH_NONE;
    }
    if (closes_circle(reading, &document->file, above, node)) {
        return ECH_NONE;
    }
    int row = ech_names_find(&reading->done, document->file.real);
    if (row != ECH_NONE) {
        return row;
    }
    document->tree = ech_tree_parse(&document->file, arena, reading->checker->error);
    if (document->tree.root != NULL) {
        reading->checker->broken = document->tree.broken;
        ech_schema_check(reading->checker, document->tree.root, ech_keys_file);
    }
    struct link link = {above, &document->file, above != NULL ? above->length + 1 : 1};
    read_parents(reading, document, &link);
    return append(reading, document);
}

void ech_documents_read(const char *path, struct ech_checker *checker,
                        struct ech_documents *documents)
{
    struct reading reading = {.checker = checker, .documents = documents};
    ech_assign_index(checker);
    read_document(&reading, path, NULL, NULL);
}

int ech_documents_find(const struct ech_documents *documents, const struct ech_mark *at)
{
    for (int i = 0; i < documents->n; i++) {
        if (documents->rows[i]->file.path == at->file) { /* marks hold the very pointer */
            return i;
        }
    }
    return ECH_NONE;
}
