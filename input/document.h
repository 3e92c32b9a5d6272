/* The files of a scenario: the first one and all that it extends, each applied once. */
#ifndef ECH_DOCUMENT_H
#define ECH_DOCUMENT_H

#include "input/refuse.h"

/** One file. */
struct ech_document {
    struct ech_file file;
    struct ech_tree tree; /* tree.root may be NULL */
    const char *named;    /* the file as manifests name it, relative to the base of the run */
    int n_parents;
    const int *parents; /* rows of the files that it extends, in the order of `extends` */
};

/** All files in the order in which they apply: what a file extends stands before it. */
struct ech_documents {
    int n;
    struct ech_document **rows; /* [capacity], the arena's */
    int capacity;
};

/** Most files of one scenario, and the longest chain of `extends`. */
enum { ECH_MOST_FILES = 1000, ECH_LONGEST_CHAIN = 64 };

/**
 * Reads `path` and what it extends, and checks each file on its own. The first file comes last.
 * Records ECH_ERR_READ, ECH_ERR_EXTENDS_MISSING, ECH_ERR_EXTENDS_CYCLE, ECH_ERR_TOO_LARGE and what
 * the reading and the checks of a file record.
 */
void ech_documents_read(const char *path, struct ech_checker *checker,
                        struct ech_documents *documents);

/** Row of the document of a mark, or ECH_NONE. */
int ech_documents_find(const struct ech_documents *documents, const struct ech_mark *at);

#endif
