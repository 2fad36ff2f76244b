#ifndef INGEST_PAGE_H
#define INGEST_PAGE_H

/* A page's lines as the features need them, read from Python's objects once. */

#include "_crf.h"

#include <limits.h>

#define NEAR 3 /* lines up and down that a line's features tell of */

/* The places of a Shape's fields, of a Context's, a Line's and its Hints'. */
enum { S_WORDS, S_LENGTH, S_WIDE, S_SIZE, S_END, S_START, S_SENTENCES, S_CAPITALS, S_DIGITS, S_MARKS, S_DATE, S_LEXICON,
       S_FIELDS };
enum { C_CORE, C_KINDS, C_REPEATS, C_BEFORE, C_AFTER, C_SHARED, C_LEDE, C_HELD, C_HOLDS, C_RANK, C_ROUND, C_RUN,
       C_DENSITY, C_HOME, C_FIELDS };
enum { L_NUMBER, L_TEXT, L_GAP, L_HINTS, L_FIELDS };
enum { H_TAG, H_ANCESTORS, H_WORDS, H_LINK_SHARE, H_HREF, H_DATETIME, H_BLOCK, H_DEPTH, H_FIELDS };

#define FIELD(tuple, at) PyTuple_GET_ITEM(tuple, at)

typedef struct {
    const char *text;
    Py_ssize_t size;
} Text;

/* A line, as its neighbours see it too. */
typedef struct {
    PyObject *words, *marks, *lexicon; /* tuples of str */
    PyObject *href;                    /* str, or None */
    PyObject *line_text;               /* str */
    PyObject *names[2];                /* of the elements that it stands in, and their class words: sets of str */
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

static inline int at_most(int number, int most) { return number < most ? number : most; }

/* shape.Shape.prose, by a shape's numbers and the class of its last character. */
static inline int is_prose(int size, int sentences, Py_UCS4 end) {
    return size >= 5 && (sentences > 1 || (sentences == 1 && (end == '.' || end == 0x201d)));
}

/* context._beat: the coarsest class of a line. */
static inline char beat_of(int date, int prose, int size) { return date == 2 ? 'D' : prose || size > 4 ? 'L' : 'S'; }

typedef struct Markup Markup; /* what the features of a page with markup need: in _markup.c */

Markup *new_markup(const Page *page, PyObject *host, PyObject *claims);
void free_markup(Markup *markup);
void tell_meaning(Page *page, Markup *markup, const Look *look);
void put(Page *page, uint64_t hash); /* in _features.c */
void tell(Page *page, const char *form, ...);
int is_tuple(PyObject *object, Py_ssize_t least);
int read_int(PyObject *object, int *number);
int read_text(PyObject *object, Text *text);
int read_page(Page *page, PyObject *lines, PyObject *shapes, PyObject *context);

#endif
