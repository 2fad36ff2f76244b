#ifndef INGEST_PAGE_H
#define INGEST_PAGE_H

/* A page's lines as the features need them, read from Python's objects once. */

#include "_crf.h"

#define NEAR 3 /* lines up and down that a line's features tell of */

typedef struct {
    const char *text;
    Py_ssize_t size;
} Text;

/* A line, as its neighbours see it too. */
typedef struct {
    PyObject *words, *marks, *lexicon; /* tuples of str */
    PyObject *href;                    /* str, or None */
    int size, sentences, capitals, digits, date, named;
    int repeats, before, after, shared, lede, held, holds, rank, run, density;
    int gap, marked_up, block, depth, timed, bare;
    double link_share;
    Text end, start, kind, round, home, tag;
} Look;

typedef struct {
    const Model *model;
    Look *looks;
    int count, start, end, gaps; /* lines; the densest run of prose; whether any line has blank ones before it */
    double *own;                 /* the sums of the line at hand */
    PyObject *hashes;            /* or the list that its features' hashes go to */
    int failed;
} Page;

int read_text(PyObject *object, Text *text);
int read_page(Page *page, PyObject *lines, PyObject *shapes, PyObject *context);

#endif
