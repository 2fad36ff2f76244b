#ifndef INGEST_TREE_H
#define INGEST_TREE_H

/* lxml's tree, read where it lies. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

/* The first fields of libxml2's xmlNode and xmlAttr, which have not changed in all of libxml2 2: its headers
   are not needed. Source: libxml2, include/libxml/tree.h */
typedef struct Node Node;
struct Node {
    void *owner; /* lxml's element, if there is one */
    int type;
    const char *name;
    Node *children, *last, *parent, *next, *previous;
    void *document;
    void *space;         /* its name space: of elements and attributes; none in HTML */
    const char *content; /* of text, in UTF-8 */
    Node *attributes;    /* of elements; an attribute is like a node up to ``space`` */
};

enum { ELEMENT = 1, ATTRIBUTE = 2, TEXT = 3, CDATA = 4 };

/* lxml's _Element. Source: lxml, etreepublic.pxd, its interface for C */
typedef struct {
    PyObject_HEAD
    PyObject *document;
    Node *node;
    PyObject *tag;
} Element;

static inline int is_text(const Node *node) { return node && (node->type == TEXT || node->type == CDATA); }

static inline int is_element(const Node *node) { return node && node->type == ELEMENT; }

static inline int is_named(const Node *node, const char *name) {
    return is_element(node) && !strcmp(node->name, name);
}

/* The next element among a node and what follows it. */
static inline Node *element_from(Node *node) {
    while (node && node->type != ELEMENT)
        node = node->next;
    return node;
}

/* The characters of a white space that stands at a place of a text in UTF-8: their bytes, or 0. */
int space_at(const unsigned char *text);

/* The code point at a place, and how many bytes it takes; what is broken counts as single bytes. */
uint32_t letter_at(const unsigned char *text, int *size);

/* The value of an attribute, "" where it has none; NULL if it is in more pieces than a parser makes. */
const char *value_of(const Node *attribute);

/* The same of an attribute by its name: 1 if there is such a one, 0 if not, -1 if it is in pieces. */
int attribute_of(const Node *element, const char *name, const char **value);

/* The node of lxml's element, for PyArg_ParseTuple; NULL if it is not as it is known here. */
int node_of(PyObject *object, Node **node);

PyObject *tree_lines(PyObject *self, PyObject *args);

#endif
