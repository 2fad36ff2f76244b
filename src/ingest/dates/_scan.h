#ifndef INGEST_SCAN_H
#define INGEST_SCAN_H

/* What the C files of printed dates share: a text as its characters, and the tokens of it. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

typedef struct {
    PyObject *text;
    const void *data;
    int kind;
    Py_ssize_t size;
} Chars;

#define AT(chars, place) PyUnicode_READ((chars)->kind, (chars)->data, place)

typedef struct {
    PyObject *text; /* folded */
    Py_ssize_t start, end;
} Token;

typedef struct {
    Token *found;
    Py_ssize_t count, room;
} Tokens;

/* The Python that is asked for what is not ASCII: tokens.fold, and what cuts scripts without spaces. */
typedef struct {
    PyObject *fold, *parts;
} Folding;

Chars chars_of(PyObject *text);
PyObject *lowered(const Chars *text, Py_ssize_t from, Py_ssize_t to); /* of ASCII */
int cut(const Chars *text, const Folding *folding, Tokens *tokens);   /* 0, or -1 with an exception */
void drop(Tokens *tokens);
int is_first_decimal(PyObject *token);

PyObject *terms(PyObject *module, PyObject *const *args, Py_ssize_t count); /* in _terms.c */

#endif
