#ifndef INGEST_LINES_H
#define INGEST_LINES_H

/* What is open at a place of the tree, and the line that is being collected there. */

#include "_tree.h"

enum { BLOCK = 1, BOX = 2, UNSEEN = 4, LINK = 8, TIME = 16, FLAGS = 8 }; /* as in html.py; bits for them */

typedef struct {
    const char *name; /* as the parser keeps it: one place for each name */
    PyObject *tag;
    unsigned kind;
    uint64_t telling; /* its bit among the telling tags */
} Tag;

/* What is known of an element, itself included. */
typedef struct {
    PyObject *words;
    uint64_t ancestors; /* bits of the telling ones */
    Py_ssize_t depth;
} About;

/* An element that is open. */
typedef struct {
    Node *node;
    unsigned kind;
    uint64_t telling, inner; /* its own bit; those of the elements within the block, up to this one */
    Py_ssize_t box;          /* place of the innermost block */
    Py_ssize_t about, block, link; /* numbers: what is known of it, as a container, the open link; or -1 */
} Open;

typedef struct {
    const char *href;
    Py_ssize_t line, letters; /* the line that has letters of it, and how many */
} Link;

/* What was made of a child with the same names in the same place: a child of its own. */
typedef struct {
    uint64_t hash;
    const Node *node;
    Py_ssize_t parent, about;
} Known;

#define MOST_NAME 400  /* as in html.py: characters of a name that are looked at, words from names */
#define MOST_WORDS 200
#define TAGS 256   /* places of a table; what finds its place taken is looked up anew */
#define KNOWN 1024 /* as well */

typedef struct {
    PyObject *line, *hints, *kinds, *telling, *hidden, *goes_on; /* html.py's, borrowed */
    PyObject *sets; /* frozensets of telling tags, by their bits */
    PyObject *lines;

    Tag tags[TAGS];
    Known known[KNOWN];
    About *abouts;
    Open *path;
    Link *links;
    Py_ssize_t *linked; /* links of the line, in their order */
    char *text;         /* of the line, white space collapsed */
    Py_ssize_t about_room, path_room, link_room, linked_room, text_room;
    Py_ssize_t about_count, depth, link_count, linked_count, size;

    Py_ssize_t letters, number, blocks, above; /* ``above``: number of what holds the whole as a container */
    Node *first;                               /* text of the line's first part */
    int parts, blank, spaced;                  /* parts, up to 2; blanks before it; white space to be written */
    const char *time;
    int odd; /* the tree is none that a parser makes */
} Page;

/* Makes room for ``need`` items; -1 if there is none. */
int grow(void **items, Py_ssize_t *room, Py_ssize_t need, size_t size);

#define ROOM(page, items, room, need) \
    grow((void **)&(page)->items, &(page)->room, (need), sizeof(*(page)->items))

Tag *tag_of(Page *page, const Node *node);

/* What is known of an element of the path; NULL for an error, or an odd tree. */
const About *about(Page *page, Py_ssize_t place);

/* The telling tags of the bits, as a set; borrowed. */
PyObject *tags_of(Page *page, uint64_t bits);

#endif
